import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConfigValues } from '../../src/ssh/configValues';
import { parseDestination, type SshDestination } from '../../src/ssh/destination';
import { readConfigFiles } from '../../src/ssh/sshConfigFiles';
import { sshConfigOf } from '../../src/ssh/sshConfigOf';
import { jumpsOf, targetFromConfig } from '../../src/ssh/targetFromConfig';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'labpath-config-'));
  mkdirSync(join(dir, 'conf.d'));
  mkdirSync(join(dir, 'conf.d', 'deep'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const home = homedir();
const localUser = userInfo().username;

const destination = (text: string): SshDestination => {
  const parsed = parseDestination(text);
  if (parsed === null) throw new Error(`${text} is no destination.`);
  return parsed;
};

/** What Labpath makes of it: everything that decides where and how it connects. */
function meaning(asked: string, values: ConfigValues): unknown {
  const facts = { home, localUser, agentSocket: null, env: {} };
  const { identityFiles, ...target } = targetFromConfig(asked, destination(asked), values, facts);
  const given = values.has('identityfile') && !identityFiles.some((file) => file.endsWith('id_xmss'));
  return { ...target, identityFiles: given ? identityFiles : 'usual', jumps: jumpsOf(values) };
}

async function bothAnswers(config: string, asked: string): Promise<[ours: unknown, theirs: unknown]> {
  const file = join(dir, 'config');
  writeFileSync(file, config);
  const reading = await sshConfigOf(destination(asked), file);
  if (reading.kind !== 'values') throw new Error(`ssh -G gave no answer: ${JSON.stringify(reading)}`);
  const ours = await readConfigFiles(destination(asked), { files: [file], home, localUser });
  return [meaning(asked, ours), meaning(asked, reading.values)];
}

const CONFIG = `
# a comment
Host vm lab-?
  HostName 192.0.2.7
  User student
  Port 2200
  IdentityFile ~/.ssh/id_lab
  IdentityFile "/keys/with space"
  IdentitiesOnly yes
Host *.internal !secret.internal
  ProxyJump bastion,second
  HostName %h.example.org
Host bastion
  hostname=bastion.example.org
  port = 2022
Match originalhost vm,other user student
  HostKeyAlias matched
Match host 192.0.2.7
  IdentityAgent /run/by-address
Match all
  UserKnownHostsFile ~/.ssh/known_hosts /etc/more
Host *
  User fallback
  Port 22022
  HashKnownHosts yes
  StrictHostKeyChecking yes
`;

describe('Config files are read, where there is no ssh, as ssh -G reads them', () => {
  test.each([
    'vm',
    'lab-1',
    'lab-12',
    'a.internal',
    'secret.internal',
    'bastion',
    'other',
    'me@vm:22',
    'x.y',
  ])('for %s', async (asked) => {
    const [ours, theirs] = await bothAnswers(CONFIG, asked);
    expect(ours).toEqual(theirs);
  });

  test('with files they include: in order, by pattern, nested, and only where the Host around it matches', async () => {
    writeFileSync(join(dir, 'conf.d', '10-a.conf'), 'Host inc\n  Port 1001\n  User from-a\n');
    writeFileSync(
      join(dir, 'conf.d', '20-b.conf'),
      `Host inc\n  Port 2002\n  HostName b.example\nInclude ${dir}/conf.d/deep/more\n`,
    );
    writeFileSync(join(dir, 'conf.d', 'deep', 'more'), 'Host deep\n  Port 3003\n');
    writeFileSync(join(dir, 'only'), 'Port 4004\nHost nobody\n  Port 5005\n');
    const config = [
      `Include ${dir}/conf.d/*.conf ${dir}/missing`,
      `Host guarded`,
      `  Include ${dir}/only`,
      `  User behind`,
      `Host inc deep guarded`,
      `  Port 9`,
      `  User late`,
    ].join('\n');
    for (const asked of ['inc', 'deep', 'guarded', 'nobody', 'else']) {
      const [ours, theirs] = await bothAnswers(config, asked);
      expect([asked, ours]).toEqual([asked, theirs]);
    }
  });

  test('S7: except for Match exec, which starts no program and is named', async () => {
    const witness = join(dir, 'witness');
    const file = join(dir, 'config');
    writeFileSync(file, `Match exec "touch ${witness}"\n  Port 1\nHost *\n  Port 2\n`);
    const values = await readConfigFiles(destination('vm'), { files: [file], home, localUser });
    expect(values.get('port')).toEqual(['2']);
    expect(meaning('vm', values)).toMatchObject({ unusable: ['Match exec'] });
    const { existsSync } = await import('node:fs');
    expect(existsSync(witness)).toBe(false);
  });

  test('for random files', async () => {
    const word = fc.constantFrom('a', 'b', 'ab', 'abc');
    const pattern = fc.constantFrom('a', 'b', 'a*', '?b', '*', '!a', '!ab *', 'b a');
    const line = fc.oneof(
      fc
        .tuple(fc.constantFrom('HostName', 'User', 'HostKeyAlias', 'IdentityFile'), word)
        .map((l) => l.join(' ')),
      fc.integer({ min: 1, max: 9 }).map((port) => `port=${port}`),
    );
    const block = fc.tuple(pattern, fc.array(line, { maxLength: 3 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 2 }),
        fc.array(block, { maxLength: 4 }),
        word,
        async (top, blocks, asked) => {
          const text = blocks.map(([host, lines]) => [`Host ${host}`, ...lines].join('\n'));
          const [ours, theirs] = await bothAnswers([...top, ...text].join('\n'), asked);
          expect(ours).toEqual(theirs);
        },
      ),
      { numRuns: 60 },
    );
  });
});
