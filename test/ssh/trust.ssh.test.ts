import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ProblemError, type Problem } from '../../src/base/problem';
import { connect } from '../../src/ssh/connect';
import type { HostTarget } from '../../src/ssh/target';
import type { Prompts, TrustAnswer, UnknownHostKey } from '../../src/ssh/prompts';
import { nodeClock } from '../support/nodeClock';
import { targetOf, unasked } from '../support/shell';
import { makeKey, startSshd, type TestSshd } from '../support/sshd';

let sshd: TestSshd;
let dir: string;
let knownHosts: string;
beforeAll(async () => {
  sshd = await startSshd();
});
afterAll(() => sshd.stop());
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'labpath-trust-'));
  knownHosts = join(dir, 'ssh', 'known_hosts');
  return () => rmSync(dir, { recursive: true, force: true });
});

async function tryConnect(
  change: Partial<HostTarget>,
  prompts: Partial<Prompts> = {},
): Promise<Problem | null> {
  try {
    const connection = await connect(targetOf(sshd, change), nodeClock, { ...unasked, ...prompts });
    expect(await connection.exec('echo through')).toBe('through\n');
    connection.close();
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
}

function answering(answer: TrustAnswer): { asked: UnknownHostKey[]; trust: Prompts['trust'] } {
  const asked: UnknownHostKey[] = [];
  return {
    asked,
    trust: (key) => {
      asked.push(key);
      return Promise.resolve(answer);
    },
  };
}

const fingerprintOf = (publicKeyFile: string): string =>
  execFileSync('ssh-keygen', ['-lf', publicKeyFile], { encoding: 'utf8' }).split(' ')[1] ?? '';

describe('An unknown host key', () => {
  test('is shown with the fingerprint that ssh-keygen prints; once remembers nothing', async () => {
    const user = answering('once');
    expect(await tryConnect({ knownHostsFiles: [knownHosts] }, user)).toBeNull();
    expect(user.asked).toEqual([
      {
        host: 'lab',
        knownAs: `[127.0.0.1]:${sshd.port}`,
        keyType: 'ssh-ed25519',
        fingerprint: fingerprintOf(join(sshd.dir, 'host_ed25519.pub')),
        file: knownHosts,
        authorityOnly: false,
      },
    ]);
    expect(existsSync(knownHosts)).toBe(false);
  });

  test('that is trusted is remembered in a form that ssh understands, and not asked about again', async () => {
    const user = answering('trust');
    expect(await tryConnect({ knownHostsFiles: [knownHosts] }, user)).toBeNull();
    expect(await tryConnect({ knownHostsFiles: [knownHosts] }, user)).toBeNull();
    expect(user.asked).toHaveLength(1);
    const found = execFileSync('ssh-keygen', ['-F', `[127.0.0.1]:${sshd.port}`, '-f', knownHosts]).toString();
    expect(found).toContain(sshd.hostKey('ed25519'));
  });

  test('is appended behind a last line that has no newline', async () => {
    const file = join(dir, 'known_hosts');
    writeFileSync(file, `other ${sshd.hostKey('rsa')}`);
    expect(await tryConnect({ knownHostsFiles: [file] }, answering('trust'))).toBeNull();
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(2);
  });

  test('that cannot be remembered is said to be so, and nothing is sent', async () => {
    const file = join(dir, 'no folder');
    writeFileSync(file, '');
    const problem = await tryConnect({ knownHostsFiles: [join(file, 'known_hosts')] }, answering('trust'));
    expect(problem?.what).toContain('could not be remembered');
    expect(problem?.next).toContain('trust the key for this one time');
  });

  test('of a type that the ssh config leaves out is not asked for', async () => {
    const user = answering('once');
    const left = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'];
    expect(await tryConnect({ knownHostsFiles: [knownHosts], refusedHostKeys: left }, user)).toBeNull();
    expect(user.asked[0]?.keyType).toBe('ssh-rsa');
    const none = [...left, 'rsa-sha2-512', 'rsa-sha2-256'];
    expect((await tryConnect({ refusedHostKeys: none }))?.why).toContain('HostKeyAlgorithms');
  });

  test('that is refused ends the connection before any login', async () => {
    const problem = await tryConnect(
      { knownHostsFiles: [knownHosts], identityFiles: [] },
      answering('refuse'),
    );
    expect(problem?.what).toContain('was not trusted');
    expect(existsSync(knownHosts)).toBe(false);
  });

  test('is refused when the question fails', async () => {
    expect(await tryConnect({ knownHostsFiles: [knownHosts] })).not.toBeNull();
  });

  test('of a host with a trusted certificate authority is said to be so', async () => {
    const file = join(dir, 'known_hosts');
    writeFileSync(file, `@cert-authority * ${sshd.hostKey('rsa')}\n`);
    const user = answering('once');
    expect(await tryConnect({ knownHostsFiles: [file] }, user)).toBeNull();
    expect(user.asked[0]?.authorityOnly).toBe(true);
  });
});

describe('A known host', () => {
  test.each(['ed25519', 'rsa', 'ecdsa'] as const)(
    'is recognised by its %s key alone, although the server has others',
    async (type) => {
      const file = join(dir, 'known_hosts');
      writeFileSync(file, `[127.0.0.1]:${sshd.port} ${sshd.hostKey(type)}\n`);
      expect(await tryConnect({ knownHostsFiles: [file] })).toBeNull();
    },
  );

  test('is found in the second file, and by its HostKeyAlias', async () => {
    const file = join(dir, 'known_hosts');
    writeFileSync(file, `labs ${sshd.hostKey('ed25519')}\n`);
    const target = { knownHostsFiles: [join(dir, 'none'), file], hostKeyAlias: 'labs' };
    expect(await tryConnect(target)).toBeNull();
  });

  test('with another key is refused without a question, with both fingerprints and the line', async () => {
    const other = join(dir, 'other');
    makeKey(other, 'ed25519');
    const file = join(dir, 'known_hosts');
    writeFileSync(file, `# old\n[127.0.0.1]:${sshd.port} ${readFileSync(`${other}.pub`, 'utf8')}`);
    const problem = await tryConnect({ knownHostsFiles: [file] });
    expect(problem?.why).toContain(fingerprintOf(`${other}.pub`));
    expect(problem?.why).toContain(fingerprintOf(join(sshd.dir, 'host_ed25519.pub')));
    expect(problem?.why).toContain(`${file}:2`);
  });

  test('with a revoked key is refused without a question', async () => {
    const file = join(dir, 'known_hosts');
    writeFileSync(
      file,
      `@revoked * ${sshd.hostKey('ed25519')}\n[127.0.0.1]:${sshd.port} ${sshd.hostKey('ed25519')}\n`,
    );
    const problem = await tryConnect({ knownHostsFiles: [file] });
    expect(problem?.what).toContain('revoked');
    expect(problem?.why).toContain(`${file}:1`);
  });
});

describe('A login', () => {
  test('with a wrong key says what was tried and what the server accepts', async () => {
    const wrong = join(dir, 'wrong');
    makeKey(wrong, 'ed25519');
    const problem = await tryConnect({ identityFiles: [join(dir, 'missing'), wrong] });
    expect(problem?.what).toBe(`lab refused the login for ${sshd.user} (tried: key ${wrong}).`);
    expect(problem?.why).toContain('publickey');
  });

  test('with an encrypted key asks for the passphrase, again when it was wrong', async () => {
    const encrypted = join(dir, 'encrypted');
    makeKey(encrypted, 'ed25519', 'right one');
    writeFileSync(sshd.authorizedKeysFile, readFileSync(`${encrypted}.pub`), { flag: 'a' });
    const asked: [string, boolean][] = [];
    const answers = ['wrong one', 'right one'];
    const problem = await tryConnect(
      { identityFiles: [encrypted] },
      {
        askPassphrase: (file, again) => {
          asked.push([file, again]);
          return Promise.resolve(answers.shift() ?? null);
        },
      },
    );
    expect(problem).toBeNull();
    expect(asked).toEqual([[encrypted, false], [encrypted, true]]); // prettier-ignore
  });

  test('through an agent works, and an agent that is gone does not stop it', async () => {
    const socket = join(dir, 'agent');
    const printed = execFileSync('ssh-agent', ['-a', socket], { encoding: 'utf8' });
    const pid = Number(/SSH_AGENT_PID=(\d+)/.exec(printed)?.[1]);
    try {
      execFileSync('ssh-add', ['-q', sshd.identityFile], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
      expect(await tryConnect({ identityFiles: [], agentSocket: socket })).toBeNull();
    } finally {
      process.kill(pid);
    }
    expect(await tryConnect({ agentSocket: join(dir, 'no agent') })).toBeNull();
  });

  test('to a port where nobody listens is refused in a sentence', async () => {
    const problem = await tryConnect({ port: 1 });
    expect(problem?.what).toContain('refused the connection');
    expect(problem?.next).toContain('labpath lab up');
  });

  test('to a name that does not exist says so', async () => {
    const problem = await tryConnect({ address: 'no-such-host.invalid' });
    expect(problem?.what).toContain('no-such-host.invalid');
  });

  test('of a server that is not SSH ends with a sentence', async () => {
    const { createServer } = await import('node:net');
    const server = createServer((socket) => socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect((await tryConnect({ port }))?.what).toContain(`127.0.0.1:${port}`);
    await new Promise((resolve) => server.close(resolve));
  });
});
