/** What helps where this transport cannot follow; see `connectBySystem`. */
export const letSystem =
  'let the system’s ssh make the connection (“Hosts by the system’s SSH” in the settings, --system-ssh on the command line)';
