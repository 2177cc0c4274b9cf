import { describe, expect, test } from 'vitest';
import { ProblemError } from '../../src/base/problem';
import {
  parseDestination,
  resolveHost,
  type HostSources,
  type SshDestination,
} from '../../src/ssh/hostTarget';
import { sshConfigOf } from '../../src/ssh/sshConfigOf';

function sources(change: Partial<HostSources> = {}): HostSources {
  return {
    readMachine: () => Promise.resolve(null),
    hosts: [],
    sshConfig: () => Promise.resolve(null),
    home: '/home/me',
    agentSocket: '/run/agent',
    ...change,
  };
}

const answering = (text: string): Partial<HostSources> => ({ sshConfig: () => Promise.resolve(text) });

describe('A host', () => {
  test('called lab is the running lab machine', async () => {
    const machine = {
      host: '127.0.0.1',
      port: 40022,
      user: 'root',
      identityFile: '/state/id',
      knownHostsFile: '/state/known_hosts',
    };
    expect(await resolveHost('lab', sources({ readMachine: () => Promise.resolve(machine) }))).toEqual({
      name: 'lab',
      address: '127.0.0.1',
      port: 40022,
      user: 'root',
      identityFiles: ['/state/id'],
      agentSocket: null,
      knownHostsFiles: ['/state/known_hosts'],
    });
  });

  test('called lab, when none runs, says how to start it', async () => {
    await expect(resolveHost('lab', sources())).rejects.toThrow(/labpath lab up/);
  });

  test('of the settings comes first', async () => {
    const host = {
      name: 'box',
      address: '10.0.0.9',
      port: 22,
      user: 'me',
      identityFiles: [],
      agentSocket: null,
      knownHostsFiles: [],
    };
    expect(await resolveHost('box', sources({ hosts: [host], ...answering('hostname elsewhere') }))).toBe(
      host,
    );
  });

  test('of the ssh config is what ssh -G says', async () => {
    const answer = [
      'user student',
      'hostname 192.0.2.7',
      'port 2200',
      'identityfile ~/.ssh/id_lab',
      'identityfile /keys/with space',
      'identityagent SSH_AUTH_SOCK',
      'userknownhostsfile ~/.ssh/known_hosts /etc/other',
      'globalknownhostsfile /etc/ssh/ssh_known_hosts',
      'hostkeyalias labs',
      'proxyjump none',
      '',
    ].join('\n');
    expect(await resolveHost('vm', sources(answering(answer)))).toEqual({
      name: 'vm',
      address: '192.0.2.7',
      port: 2200,
      user: 'student',
      identityFiles: ['/home/me/.ssh/id_lab', '/keys/with space'],
      agentSocket: '/run/agent',
      knownHostsFiles: ['/home/me/.ssh/known_hosts', '/etc/other', '/etc/ssh/ssh_known_hosts'],
      hostKeyAlias: 'labs',
    });
  });

  test('may switch the agent off', async () => {
    const target = await resolveHost('vm', sources(answering('identityagent none\nuser a')));
    expect(target.agentSocket).toBeNull();
  });

  test('written as user@host:port works without any ssh', async () => {
    expect(await resolveHost('me@box:2222', sources())).toMatchObject({
      address: 'box',
      user: 'me',
      port: 2222,
    });
  });

  test.each(['proxyjump bastion', 'proxycommand nc %h %p'])(
    'behind %j is refused with a reason',
    async (line) => {
      await expect(resolveHost('vm', sources(answering(`${line}\nuser a`)))).rejects.toThrow(ProblemError);
    },
  );

  test.each(['-oProxyCommand=x', 'a b', '$(x)', 'a;b', "a'b", 'a@b@c', 'a:0', 'a:99999', '', '-l@x', 'a\nb'])(
    'named %j is refused before any ssh sees it',
    async (name) => {
      let asked: SshDestination | null = null;
      const resolving = resolveHost(
        name,
        sources({
          sshConfig: (destination) => {
            asked = destination;
            return Promise.resolve(null);
          },
        }),
      );
      await expect(resolving).rejects.toThrow(ProblemError);
      expect(asked).toBeNull();
      expect(parseDestination(name)).toBeNull();
    },
  );

  test('is asked of the real ssh -G', async () => {
    const target = await resolveHost(
      'someone@no-such-alias.invalid:2022',
      sources({ sshConfig: sshConfigOf }),
    );
    expect(target).toMatchObject({ address: 'no-such-alias.invalid', user: 'someone', port: 2022 });
    expect(target.identityFiles.length).toBeGreaterThan(0);
  });
});
