import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { describeProblem, ProblemError } from '../../src/base/problem';
import { connectProblem, loginRefused } from '../../src/ssh/connectProblems';
import {
  parseDestination,
  resolveHost,
  type HostSources,
  type SshDestination,
} from '../../src/ssh/hostTarget';
import type { HostTarget } from '../../src/ssh/target';
import { parseConfigDump } from '../../src/ssh/configValues';
import { sshCommand } from '../../src/ssh/destination';
import { localConfig } from '../../src/ssh/localConfig';
import { targetFromSettings } from '../../src/ssh/targetFromConfig';

function sources(change: Partial<HostSources> = {}): HostSources {
  return {
    readMachine: () => Promise.resolve(null),
    hosts: [],
    config: () => Promise.resolve(new Map()),
    home: '/home/me',
    localUser: 'me',
    agentSocket: '/run/agent',
    env: { WORK_AGENT: '/run/work-agent', KEYS: '/media/keys' },
    ...change,
  };
}

const notRsa = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'];

/** An ssh config that answers every host alike. */
const answering = (text: string): Partial<HostSources> => ({
  config: () => Promise.resolve(parseConfigDump(text)),
});

/** An ssh config that knows some hosts. */
const knowing = (hosts: Readonly<Record<string, string>>): Partial<HostSources> => ({
  config: ({ host, user, port }) =>
    Promise.resolve(
      parseConfigDump(
        [
          ...(user === null ? [] : [`user ${user}`]),
          ...(port === null ? [] : [`port ${port}`]),
          hosts[host] ?? '',
        ].join('\n'),
      ),
    ),
});

describe('A host that the system’s ssh is to connect to', () => {
  const bySystem = (wanted: string) => (name: string) => name === wanted;

  test('is left to ssh and its config, whatever that says', async () => {
    const target = await resolveHost(
      'work',
      sources({ ...answering('proxycommand nc bastion 22'), bySystem: bySystem('work') }),
    );
    expect(target.bySystem).toEqual(['--', 'work']);
    await expect(resolveHost('work', sources(answering('proxycommand nc bastion 22')))).rejects.toThrow(
      /ProxyCommand.*system’s ssh/s,
    );
  });

  test('has the user and port that were typed', async () => {
    const target = await resolveHost(
      'ann@work:2222',
      sources({ typed: 'ann@work:2222', bySystem: () => true }),
    );
    expect(target.bySystem).toEqual(['-p', '2222', '-l', 'ann', '--', 'work']);
  });

  test('has what the settings say of it', async () => {
    const host: HostTarget = {
      name: 'box',
      address: 'box.example',
      port: 2022,
      user: 'ann',
      identityFiles: ['/keys/box'],
      agentSocket: null,
      knownHostsFiles: [],
    };
    const target = await resolveHost('box', sources({ hosts: [host], bySystem: bySystem('box') }));
    expect(target.bySystem).toEqual(['-p', '2022', '-l', 'ann', '-i', '/keys/box', '--', 'box.example']);
    expect(await resolveHost('box', sources({ hosts: [host] }))).toBe(host);
  });

  test('keeps ssh’s own usual keys, of which Labpath knows only some', async () => {
    const host = targetFromSettings(
      { name: 'box', address: 'box.example', port: 22, user: 'ann', identityFile: '' },
      sources(),
    );
    const target = await resolveHost('box', sources({ hosts: [host], bySystem: bySystem('box') }));
    expect(target.bySystem).toEqual(['-p', '22', '-l', 'ann', '--', 'box.example']);
  });

  test('is no option of ssh, and never the lab machine', async () => {
    await expect(resolveHost('-oProxyCommand=x', sources({ bySystem: () => true }))).rejects.toThrow(
      /not the name of a host/,
    );
    const machine = { host: '127.0.0.1', port: 1, user: 'root', identityFile: '', knownHostsFile: '' };
    const lab = await resolveHost(
      'lab',
      sources({ readMachine: () => Promise.resolve(machine), bySystem: () => true }),
    );
    expect(lab).not.toHaveProperty('bySystem');
  });
});

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

  test('may be given other files and agents by tokens and variables', async () => {
    const answer = [
      'user a',
      'hostname %h.example.org',
      'port 22',
      'identityfile ~/.ssh/%n_%r',
      'identityfile ${KEYS}/100%%',
      'identityagent $WORK_AGENT',
      'userknownhostsfile %d/known_%k',
      'revokedhostkeys ~/.ssh/revoked',
      'identitiesonly yes',
      'stricthostkeychecking true',
      'hashknownhosts yes',
      'passwordauthentication no',
    ].join('\n');
    expect(await resolveHost('vm', sources(answering(answer)))).toMatchObject({
      address: 'vm.example.org',
      identityFiles: ['/home/me/.ssh/vm_a', '/media/keys/100%'],
      agentSocket: '/run/work-agent',
      knownHostsFiles: expect.arrayContaining(['/home/me/known_vm']) as unknown,
      revokedHostKeysFile: '/home/me/.ssh/revoked',
      identitiesOnly: true,
      unknownHostKeys: 'refuse',
      hashKnownHosts: true,
      refusedMethods: ['password'],
    });
  });

  test('of whose config Labpath cannot follow a part names that part when the login fails', async () => {
    const target = await resolveHost('vm', sources(answering('certificatefile ~/.ssh/id-cert.pub')));
    expect(target.unusable).toEqual(['CertificateFile']);
    expect(
      describeProblem(loginRefused(target, { tried: [], missing: [], accepted: ['publickey'] })),
    ).toContain('CertificateFile');
  });

  test('of whose config only a method is not followed that the server does not offer names none', async () => {
    const target = await resolveHost(
      'vm',
      sources(answering('gssapiauthentication yes\nhostbasedauthentication yes')),
    );
    const said = (accepted: readonly string[]) =>
      describeProblem(loginRefused(target, { tried: [], missing: [], accepted }));
    expect(said(['publickey', 'password'])).not.toMatch(/GSSAPI|Hostbased|system’s ssh/);
    expect(said(['publickey', 'gssapi-with-mic'])).toMatch(/says GSSAPIAuthentication for it.*system’s ssh/);
    expect(said([])).toMatch(/GSSAPIAuthentication, HostbasedAuthentication/);
  });

  test('that neither the ssh config nor a name server knows is said to be in neither', async () => {
    const unknown = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
    const said = async (config: string) =>
      connectProblem(await resolveHost('my-srver', sources(answering(config))), unknown).why;
    expect(await said('user me')).toMatch(/no Host of your ssh config gives it one/);
    expect(await said('hostname gone.example.org')).not.toMatch(/no Host/);
  });

  test.each([
    ['preferredauthentications publickey,keyboard-interactive', { refusedMethods: ['password'] }],
    ['hostkeyalgorithms rsa-sha2-*,ssh-ed25519-cert-v01@openssh.com', { refusedHostKeys: notRsa }],
    ['hostkeyalgorithms -ecdsa-*,ssh-ed25519', { refusedHostKeys: notRsa }],
    ['verifyhostkeydns yes\naddressfamily inet6', { unusable: ['VerifyHostKeyDNS', 'AddressFamily'] }],
  ] as const)('of whose config says %j is held to it', async (text, expected) => {
    expect(await resolveHost('vm', sources(answering(text)))).toMatchObject(expected);
  });

  test('whose config only adds host key algorithms, or changes their order, keeps all', async () => {
    for (const list of ['+ssh-rsa', '^ecdsa-sha2-nistp256']) {
      const target = await resolveHost('vm', sources(answering(`hostkeyalgorithms ${list}`)));
      expect(target.refusedHostKeys).toBeUndefined();
    }
  });

  test('may switch the agent off', async () => {
    const target = await resolveHost('vm', sources(answering('identityagent none\nuser a')));
    expect(target.agentSocket).toBeNull();
  });

  test('written as user@host:port works where the user typed it', async () => {
    const typed = 'me@box:2222';
    expect(await resolveHost(typed, sources({ typed }))).toMatchObject({
      address: 'box',
      user: 'me',
      port: 2222,
    });
  });

  test.each(['root@box', 'box:2222', 'ssh://box', '[::1]'])(
    'S3: named %j by a note is refused: a note chooses no user, port or address',
    async (name) => {
      await expect(resolveHost(name, sources({ typed: 'me@elsewhere' }))).rejects.toThrow(/one word/);
    },
  );

  test('behind a ProxyCommand is refused with a reason, and starts no program', async () => {
    await expect(resolveHost('vm', sources(answering('proxycommand nc %h %p')))).rejects.toThrow(
      /ProxyCommand \(nc/,
    );
  });

  test.each(['-oProxyCommand=x', 'a b', '$(x)', 'a;b', "a'b", 'a@b@c', 'a:0', 'a:99999', '', '-l@x', 'a\nb'])(
    'S7: named %j is refused before any ssh sees it',
    async (name) => {
      let asked: SshDestination | null = null;
      const resolving = resolveHost(
        name,
        sources({
          typed: name,
          config: (destination) => {
            asked = destination;
            return Promise.resolve(new Map());
          },
        }),
      );
      await expect(resolving).rejects.toThrow(ProblemError);
      expect(asked).toBeNull();
      expect(parseDestination(name)).toBeNull();
    },
  );

  test('is asked of the real ssh -G', async () => {
    const typed = 'someone@no-such-alias.invalid:2022';
    const target = await resolveHost(typed, sources({ ...localConfig(process.env), typed }));
    expect(target).toMatchObject({ address: 'no-such-alias.invalid', user: 'someone', port: 2022 });
    expect(target.identityFiles.length).toBeGreaterThan(0);
  });
});

describe('A host of the settings', () => {
  const box = { name: 'box', address: '192.0.2.1', port: 2200, user: 'me', identityFile: '' };

  test('has the usual keys, agent and files of known hosts, those of the whole system too', () => {
    expect(targetFromSettings(box, sources())).toEqual({
      name: 'box',
      address: '192.0.2.1',
      port: 2200,
      user: 'me',
      identityFiles: ['id_rsa', 'id_ecdsa', 'id_ed25519'].map((key) => `/home/me/.ssh/${key}`),
      usualKeys: true,
      agentSocket: '/run/agent',
      knownHostsFiles: [
        '/home/me/.ssh/known_hosts',
        '/home/me/.ssh/known_hosts2',
        '/etc/ssh/ssh_known_hosts',
        '/etc/ssh/ssh_known_hosts2',
      ],
    });
    const own = targetFromSettings({ ...box, address: 'fe80::1%eth0', identityFile: '~/lab key' }, sources());
    expect(own).toMatchObject({ address: 'fe80::1%eth0', identityFiles: ['/home/me/lab key'] });
  });

  test.each(['*.example.org', 'a,*', 'a b', 'x\n* ssh-ed25519 AAAA', '@cert-authority', '|1|x|y', '-oX', ''])(
    'S3: with the address %j, which would be a pattern or an option elsewhere, is refused',
    (address) => {
      expect(() => targetFromSettings({ ...box, address }, sources())).toThrow(/is not an address/);
    },
  );
});

describe('A way through other hosts (ProxyJump)', () => {
  const way = (target: HostTarget | undefined): string[] =>
    target === undefined ? [] : [`${target.user}@${target.address}:${target.port}`, ...way(target.via)];

  test('is followed hop by hop, each with its own config', async () => {
    const hosts = {
      vm: 'hostname 10.0.0.9\nuser student\nproxyjump bastion',
      bastion: 'hostname bastion.example.org\nuser jump\nport 2200\nproxyjump none',
    };
    expect(way(await resolveHost('vm', sources(knowing(hosts))))).toEqual([
      'student@10.0.0.9:22',
      'jump@bastion.example.org:2200',
    ]);
  });

  test('of several hops is visited from left to right, and only the first may have a way of its own', async () => {
    const hosts = {
      vm: 'user v\nproxyjump first,other@second:2022',
      first: 'user f\nproxyjump zero',
      second: 'user s\nproxyjump never',
      zero: 'user z',
    };
    expect(way(await resolveHost('vm', sources(knowing(hosts))))).toEqual([
      'v@vm:22',
      'other@second:2022',
      'f@first:22',
      'z@zero:22',
    ]);
  });

  test('that goes round in circles is refused', async () => {
    const hosts = { a: 'proxyjump b', b: 'proxyjump a' };
    await expect(resolveHost('a', sources(knowing(hosts)))).rejects.toThrow(/hops/);
  });

  test('through something that is no host is refused', async () => {
    await expect(resolveHost('a', sources(answering('proxyjump -oProxyCommand=x')))).rejects.toThrow(
      /is not a host/,
    );
  });
});

describe('An ssh that cannot be used', () => {
  let folder: string;
  const path = process.env.PATH;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'labpath-no-ssh-'));
    process.env.PATH = folder;
    return () => {
      process.env.PATH = path;
      rmSync(folder, { recursive: true });
    };
  });

  test('because there is none leaves the config files to be read', async () => {
    mkdirSync(join(folder, '.ssh'));
    writeFileSync(join(folder, '.ssh/config'), 'Host vm\n  HostName 192.0.2.9\n');
    const target = await resolveHost('vm', sources(localConfig({ HOME: folder, USER: 'me' })));
    expect(target).toMatchObject({ address: '192.0.2.9', user: 'me', port: 22 });
  });

  test('because it cannot read its config is told in its own words', async () => {
    writeFileSync(
      join(folder, 'ssh'),
      '#!/bin/sh\necho "/etc/x: line 3: Bad configuration option" >&2\nexit 255\n',
      {
        mode: 0o755,
      },
    );
    await expect(resolveHost('vm', sources(localConfig({ HOME: folder })))).rejects.toThrow(
      /line 3: Bad configuration option/,
    );
  });
});

test('The agent of a setting comes before that of the environment, and Windows has one by name', () => {
  expect(localConfig({ HOME: '/h', SSH_AUTH_SOCK: '/s' }).agentSocket).toBe('/s');
  expect(localConfig({ HOME: '/h', SSH_AUTH_SOCK: '/s' }, '~/agent').agentSocket).toBe('/h/agent');
  expect(localConfig({ OS: 'Windows_NT' }).agentSocket).toBe('\\\\.\\pipe\\openssh-ssh-agent');
  expect(localConfig({}).agentSocket).toBeNull();
});

test.each([
  ['my-server', 'ssh my-server'],
  ['me@example.org', 'ssh me@example.org'],
  ['me@example.org:2222', 'ssh ssh://me@example.org:2222'],
  ['me@[::1]:2222', 'ssh ssh://me@[::1]:2222'],
  ['ssh://me@example.org:2222', 'ssh ssh://me@example.org:2222'],
])('one logs in to %s with: %s', (typed, command) => {
  expect(sshCommand(typed)).toBe(command);
});
