/** Everything needed to reach and trust one host. Paths are absolute, `~` is expanded. */
export interface HostTarget {
  /** As the user knows it: `lab`, a host of the settings, an ssh alias, `user@host:port`. */
  readonly name: string;
  /** Host name or IP address to connect to. */
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly identityFiles: readonly string[];
  /** The identity files are ssh's usual ones: nobody has named any. */
  readonly usualKeys?: boolean;
  /** Socket (or Windows named pipe) of the agent, or null for none. */
  readonly agentSocket: string | null;
  /** In order of search; a newly trusted key is appended to the first. */
  readonly knownHostsFiles: readonly string[];
  /** Name to look up in known_hosts instead of the address (ssh_config HostKeyAlias). */
  readonly hostKeyAlias?: string;
  /** The host to go through (ProxyJump), which may itself have one; absent when reached directly. */
  readonly via?: HostTarget;
  /** Of the agent's keys only those of `identityFiles` are offered (IdentitiesOnly). */
  readonly identitiesOnly?: boolean;
  /** What becomes of an unknown host key without a question (StrictHostKeyChecking); absent: the user is asked. */
  readonly unknownHostKeys?: 'refuse' | 'accept';
  /** New names in known_hosts are hashed (HashKnownHosts). */
  readonly hashKnownHosts?: boolean;
  /** A list of public keys that are never accepted (RevokedHostKeys). */
  readonly revokedHostKeysFile?: string;
  /** Host key algorithms that the config leaves out (HostKeyAlgorithms). */
  readonly refusedHostKeys?: readonly string[];
  /** SSH names of authentication methods the config switches off. */
  readonly refusedMethods?: readonly string[];
  /**
   * How the system's own ssh is told to go there (options, `--`, destination); it then makes the connection, by the
   * user's whole config. Absent: Labpath's own transport does.
   */
  readonly bySystem?: readonly string[];
  /** Keywords of the config that Labpath cannot follow; named when a login fails. */
  readonly unusable?: readonly string[];
}
