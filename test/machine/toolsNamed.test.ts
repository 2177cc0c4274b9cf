import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readReport, reportProbe, toolsNamed } from '../../src/machine/report';

const folder = mkdtempSync(join(tmpdir(), 'labpath-named-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('looks for a program that only the note knows, and never starts it', () => {
  const program = join(folder, 'restore-db');
  writeFileSync(program, `#!/bin/sh\n: >'${folder}/ran'\n`);
  chmodSync(program, 0o755);
  const tools = toolsNamed(['restore-db', 'no-such-program']);
  const { stdout } = spawnSync('bash', ['-s'], {
    input: reportProbe(tools),
    encoding: 'utf8',
    env: { ...process.env, PATH: `${folder}:${process.env.PATH ?? ''}` },
  });
  const found = readReport('work', stdout, tools)?.findings.map(({ title, finding }) => [
    title,
    finding.status,
  ]);
  expect(found).toEqual([
    ['restore-db', 'present'],
    ['no-such-program', 'missing'],
  ]);
  expect(existsSync(join(folder, 'ran'))).toBe(false);
});
