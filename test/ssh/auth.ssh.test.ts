import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProblemError, type Problem } from '../../src/base/problem';
import { connect } from '../../src/ssh/connect';
import type { HostTarget } from '../../src/ssh/target';
import { nodeClock } from '../support/nodeClock';
import { targetOf, unasked } from '../support/shell';
import { makeKey, startSshd, type HostKeyType, type TestSshd } from '../support/sshd';

let sshd: TestSshd;
let dir: string;
let agent: string;
let agentPid: number;
beforeAll(async () => {
  sshd = await startSshd({ config: ['MaxAuthTries 6'] });
  dir = mkdtempSync(join(tmpdir(), 'labpath-auth-'));
  agent = join(dir, 'agent');
  agentPid = Number(
    /SSH_AGENT_PID=(\d+)/.exec(execFileSync('ssh-agent', ['-a', agent], { encoding: 'utf8' }))?.[1],
  );
});
afterAll(async () => {
  process.kill(agentPid);
  await sshd.stop();
  rmSync(dir, { recursive: true, force: true });
});

function addToAgent(...files: string[]): void {
  const env = { ...process.env, SSH_AUTH_SOCK: agent };
  execFileSync('ssh-add', ['-q', '-D'], { env, stdio: 'ignore' });
  for (const file of files) execFileSync('ssh-add', ['-q', file], { env, stdio: 'ignore' });
}

function newKey(name: string, type: HostKeyType = 'ed25519', passphrase = ''): string {
  const file = join(dir, name);
  makeKey(file, type, passphrase);
  return file;
}

async function login(change: Partial<HostTarget>, prompts = unasked): Promise<Problem | null> {
  try {
    (await connect(targetOf(sshd, change), nodeClock, prompts)).close();
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
}

describe('A key file', () => {
  test.each([['ed25519'], ['ecdsa'], ['rsa']] as const)(
    'of type %s is enough, also when encrypted',
    async (type) => {
      const file = newKey(`plain-${type}`, type);
      const encrypted = newKey(`encrypted-${type}`, type, 'open sesame');
      for (const each of [file, encrypted]) {
        writeFileSync(sshd.authorizedKeysFile, readFileSync(`${each}.pub`), { flag: 'a' });
      }
      expect(await login({ identityFiles: [file] })).toBeNull();
      const askPassphrase = (): Promise<string> => Promise.resolve('open sesame');
      expect(await login({ identityFiles: [encrypted] }, { ...unasked, askPassphrase })).toBeNull();
    },
  );

  test('S15: of RSA signs with SHA-2 where the server takes nothing else', async () => {
    const strict = await startSshd({ config: ['PubkeyAcceptedAlgorithms rsa-sha2-512,rsa-sha2-256'] });
    const file = newKey('sha2', 'rsa');
    writeFileSync(strict.authorizedKeysFile, readFileSync(`${file}.pub`));
    const connection = await connect(targetOf(strict, { identityFiles: [file] }), nodeClock, unasked);
    connection.close();
    await strict.stop();
  });
});

describe('A key behind a passphrase', () => {
  const counting = (passphrase: string | null) => {
    const asked: string[] = [];
    const askPassphrase = (file: string): Promise<string | null> => {
      asked.push(file);
      return Promise.resolve(passphrase);
    };
    return { asked, prompts: { ...unasked, askPassphrase } };
  };

  test('that the server does not want is not asked about', async () => {
    const strange = newKey('strange-protected', 'ed25519', 'open sesame');
    const { asked, prompts } = counting('open sesame');
    expect(await login({ identityFiles: [strange, sshd.identityFile] }, prompts)).toBeNull();
    rmSync(`${strange}.pub`);
    expect((await login({ identityFiles: [strange] }, prompts))?.what).toContain(`(tried: key ${strange})`);
    expect(asked).toEqual([]);
  });

  test('in the old format without its public half is asked about before it is offered', async () => {
    const old = join(dir, 'old-format');
    execFileSync('ssh-keygen', ['-q', '-t', 'rsa', '-m', 'PEM', '-N', 'open sesame', '-f', old]);
    writeFileSync(sshd.authorizedKeysFile, readFileSync(`${old}.pub`), { flag: 'a' });
    rmSync(`${old}.pub`);
    const { asked, prompts } = counting('open sesame');
    expect(await login({ identityFiles: [old] }, prompts)).toBeNull();
    expect(asked).toEqual([old]);
  });

  test('that stays locked is passed over for the next one, and named when that fails, too', async () => {
    const locked = newKey('locked', 'ed25519', 'open sesame');
    writeFileSync(sshd.authorizedKeysFile, readFileSync(`${locked}.pub`), { flag: 'a' });
    const { asked, prompts } = counting(null);
    expect(await login({ identityFiles: [locked, sshd.identityFile] }, prompts)).toBeNull();
    const problem = await login({ identityFiles: [locked] }, prompts);
    expect(problem?.what).toContain(`(tried: key ${locked} (without its passphrase))`);
    expect(asked).toEqual([locked, locked]);
  });

  test('that the agent offered already is not asked about again', async () => {
    const held = newKey('held', 'ed25519');
    addToAgent(held);
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'open sesame', '-f', held]);
    const { asked, prompts } = counting('open sesame');
    const problem = await login({ agentSocket: agent, identityFiles: [held] }, prompts);
    expect(problem?.what).toContain('(tried: agent with 1 key)');
    expect(asked).toEqual([]);
  });
});

describe('A refused login', () => {
  test('names the key files that could not be used, and why', async () => {
    const garbage = join(dir, 'garbage');
    writeFileSync(garbage, 'no key');
    const publicHalf = `${newKey('public-only')}.pub`;
    const problem = await login({ identityFiles: [dir, garbage, publicHalf] });
    expect(problem?.what).toContain(`key ${dir} (cannot be read)`);
    expect(problem?.what).toContain(`key ${garbage} (of a kind that Labpath cannot read)`);
    expect(problem?.what).toContain(`key ${publicHalf} (holds a public key, not a private one)`);
  });

  test('without any key says which files are not there, and that no agent is known', async () => {
    const problem = await login({ name: 'box', identityFiles: [join(dir, 'nowhere')] });
    expect(problem?.why).toContain(`There is no key file ${join(dir, 'nowhere')}.`);
    expect(problem?.next).toContain('No SSH agent is known here');
  });

  test('says that the agent does not answer, or holds nothing', async () => {
    const silent = await login({ agentSocket: join(dir, 'gone'), identityFiles: [] });
    expect(silent?.what).toContain(`agent (no answer at ${join(dir, 'gone')})`);
    addToAgent();
    const empty = await login({ agentSocket: agent, identityFiles: [] });
    expect(empty?.what).toContain('agent (holds no key)');
  });
});

describe('An agent', () => {
  test('with more keys than the server lets one try is asked for the right one first', async () => {
    const others = Array.from({ length: 8 }, (_, n) => newKey(`other-${n}`));
    addToAgent(...others, sshd.identityFile);
    // The public half is enough to know which: the private one may be in the agent alone.
    const identity = join(dir, 'in-agent-only');
    writeFileSync(`${identity}.pub`, readFileSync(`${sshd.identityFile}.pub`));
    expect(await login({ agentSocket: agent, identityFiles: [identity] })).toBeNull();
    const problem = await login({ agentSocket: agent, identityFiles: [] });
    expect(problem?.what).toContain('too many keys');
  });

  test('S15: offers only the keys of the config when that says IdentitiesOnly', async () => {
    const strange = newKey('strange');
    addToAgent(sshd.identityFile, strange);
    const problem = await login({ agentSocket: agent, identityFiles: [strange], identitiesOnly: true });
    expect(problem?.what).toBe(`lab refused the login for ${sshd.user} (tried: agent with 1 key).`);
    expect(await login({ agentSocket: agent, identityFiles: [strange] })).toBeNull();
  });

  test('S14: is not forwarded', async () => {
    addToAgent(sshd.identityFile);
    const connection = await connect(
      targetOf(sshd, { agentSocket: agent, identityFiles: [] }),
      nodeClock,
      unasked,
    );
    expect(await connection.exec('echo "agent: $SSH_AUTH_SOCK display: $DISPLAY"')).toBe(
      'agent:  display: \n',
    );
    connection.close();
  });
});

test('A method that the ssh config switches off is not used', async () => {
  const problem = await login({ refusedMethods: ['publickey'] });
  expect(problem?.what).toContain('nothing that could be tried');
});
