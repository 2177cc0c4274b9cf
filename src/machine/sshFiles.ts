/** The configuration of the sshd inside. It takes keys only and forwards neither agents nor displays. */
export function sshdConfig(): string {
  return `# One sshd per connection; the host hands it over.
HostKey /etc/ssh/ssh_host_ed25519_key
HostKey /etc/ssh/ssh_host_ecdsa_key
AuthorizedKeysFile /etc/ssh/authorized_keys
AuthenticationMethods publickey
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
StrictModes no
UseDNS no
AllowAgentForwarding no
X11Forwarding no
PrintLastLog no
PidFile none
LoginGraceTime 30
MaxAuthTries 20
MaxSessions 200
MaxStartups 200
# Not from the client: the lab is the same for everyone.
SetEnv PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
Subsystem sftp internal-sftp
`;
}

/** What ssh needs to know of a machine. */
export interface SshTarget {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly identityFile: string;
  readonly knownHostsFile: string;
}

/** An ssh config file with the machine's name as its only host; nothing of the user's own keys or agent takes part. */
export function sshConfig(target: SshTarget): string {
  return `Host ${target.name}
  HostName ${target.host}
  Port ${target.port}
  User ${target.user}
  IdentityFile ${configPath(target.identityFile)}
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile ${configPath(target.knownHostsFile)}
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  CheckHostIP no
  UpdateHostKeys no
  PasswordAuthentication no
  KbdInteractiveAuthentication no
  ForwardAgent no
  ForwardX11 no
`;
}

/** known_hosts lines for a host on a port of its own (sshd(8)), one per public key. */
export function knownHosts(host: string, port: number, publicKeys: readonly string[]): string {
  return publicKeys
    .map((key) => `[${host}]:${port} ${key.trim().split(/\s+/).slice(0, 2).join(' ')}\n`)
    .join('');
}

/** A path as ssh_config(5) reads it: quoted, with `%` doubled because `%x` is a token. */
function configPath(path: string): string {
  return `"${path.replaceAll('%', '%%')}"`;
}
