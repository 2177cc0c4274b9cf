import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Server } from 'ssh2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProblemError } from '../../src/base/problem';
import { connect } from '../../src/ssh/connect';
import type { HostTarget } from '../../src/ssh/target';
import type { Prompts, SecretQuestion } from '../../src/ssh/prompts';
import { nodeClock } from '../support/nodeClock';
import { freshAddress, outcomeOf, poolOf, targetOf, unasked } from '../support/shell';
import { startSshd, type TestSshd } from '../support/sshd';

let sshd: TestSshd;
beforeAll(async () => {
  sshd = await startSshd();
});
afterAll(() => sshd.stop());

/** A server that takes one password, asked for in one way; OpenSSH's would need an account with a known password. */
async function passwordServer(
  method: 'password' | 'keyboard-interactive',
): Promise<{ port: number; stop(): void }> {
  const hostKey = readFileSync(join(sshd.dir, 'host_ed25519'));
  const server = new Server({ hostKeys: [hostKey] }, (client) => {
    client.on('error', () => undefined);
    client.on('authentication', (attempt) => {
      if (attempt.method === 'password' && method === 'password' && attempt.password === 'open sesame')
        attempt.accept();
      else if (attempt.method === 'keyboard-interactive' && method === 'keyboard-interactive') {
        attempt.prompt([{ prompt: 'Code: ', echo: true }], 'Token', (answers) => {
          if (answers[0] === 'open sesame') attempt.accept();
          else attempt.reject([method]);
        });
      } else attempt.reject([method]);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { port: address.port, stop: () => server.close() };
}

function target(port: number): HostTarget {
  return targetOf(sshd, {
    port,
    identityFiles: [],
    knownHostsFiles: [sshd.knownHostsFile],
    hostKeyAlias: `[127.0.0.1]:${sshd.port}`,
  });
}

function answering(...answers: (string | null)[]): { asked: SecretQuestion[]; prompts: Prompts } {
  const asked: SecretQuestion[] = [];
  const askSecret = (question: SecretQuestion): Promise<string | null> => {
    asked.push(question);
    return Promise.resolve(answers.shift() ?? null);
  };
  return { asked, prompts: { ...unasked, askSecret } };
}

describe('A login by password', () => {
  test('asks, and asks again when it was wrong', async () => {
    const server = await passwordServer('password');
    const { asked, prompts } = answering('wrong', 'open sesame');
    const connection = await connect(target(server.port), nodeClock, prompts);
    connection.close();
    server.stop();
    const at = `127.0.0.1:${server.port}`;
    const question = { host: 'lab', user: sshd.user, at, kind: 'password', prompt: 'Password', echo: false };
    expect(asked).toEqual([{ ...question, again: false }, { ...question, again: true }]); // prettier-ignore
  });

  test('is given up when the user will not say, and no secret is in the error', async () => {
    const server = await passwordServer('password');
    const { prompts } = answering('hunter2', null);
    const error: unknown = await connect(target(server.port), nodeClock, prompts).catch(
      (reason: unknown) => reason,
    );
    server.stop();
    expect(error).toBeInstanceOf(ProblemError);
    expect(String(error)).toContain('tried: password');
    expect(JSON.stringify(error)).not.toContain('hunter2');
  });
});

test("The server's own questions are asked in its words", async () => {
  const server = await passwordServer('keyboard-interactive');
  const { asked, prompts } = answering('open sesame');
  const connection = await connect(target(server.port), nodeClock, prompts);
  connection.close();
  server.stop();
  expect(asked).toEqual([expect.objectContaining({ kind: 'code', prompt: 'Code: ', echo: true })]);
});

test('A rekey asks nothing again and loses no byte', async () => {
  const rekeying = await startSshd({ config: ['RekeyLimit 1M none'] });
  let questions = 0;
  const trust: Prompts['trust'] = () => {
    questions++;
    return Promise.resolve('once');
  };
  const pool = poolOf(rekeying, {
    resolveHost: () => Promise.resolve(targetOf(rekeying, { knownHostsFiles: [] })),
    prompts: { ...unasked, trust },
  });
  try {
    const session = await pool.open(freshAddress());
    const { bytes } = await outcomeOf(session.run({ source: "head -c 5000000 /dev/zero | tr '\\0' x" }));
    expect([bytes.length, questions]).toEqual([5_000_000, 1]);
  } finally {
    pool.closeAll();
    await rekeying.stop();
  }
});
