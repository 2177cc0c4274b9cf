import { describe, expect, it } from 'vitest';
import { knownHosts, sshConfig, sshdConfig } from '../../src/machine/sshFiles';

describe('files for ssh', () => {
  const config = sshConfig({
    name: 'lab',
    host: '127.0.0.1',
    port: 2222,
    user: 'root',
    identityFile: '/home/an na/100%/id_ecdsa',
    knownHostsFile: '/s/known_hosts',
  });

  it('name the machine and use its own key and nothing of the user', () => {
    expect(config).toMatch(/^Host lab\n {2}HostName 127\.0\.0\.1\n {2}Port 2222\n {2}User root\n/);
    for (const line of [
      'IdentitiesOnly yes',
      'IdentityAgent none',
      'StrictHostKeyChecking yes',
      'ForwardAgent no',
    ])
      expect(config).toContain(`  ${line}\n`);
  });

  it('keep paths with spaces and percent signs whole', () => {
    expect(config).toContain('  IdentityFile "/home/an na/100%%/id_ecdsa"\n');
  });

  it('know the host by its port, with each key but without its comment', () => {
    expect(
      knownHosts('127.0.0.1', 2222, ['ssh-ed25519 AAA labpath lab\n', 'ecdsa-sha2-nistp256 BBB\n']),
    ).toBe('[127.0.0.1]:2222 ssh-ed25519 AAA\n[127.0.0.1]:2222 ecdsa-sha2-nistp256 BBB\n');
  });

  it('let sshd take keys only and forward neither agents nor displays', () => {
    for (const line of [
      'AuthenticationMethods publickey',
      'PermitRootLogin prohibit-password',
      'AllowAgentForwarding no',
      'X11Forwarding no',
    ])
      expect(sshdConfig()).toContain(`${line}\n`);
  });
});
