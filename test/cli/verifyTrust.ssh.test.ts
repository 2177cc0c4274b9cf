import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { dispatch } from '../../src/cli/dispatch';
import { FakeIo, noteFolder } from './fakeIo';

let folder: ReturnType<typeof noteFolder>;
let io: FakeIo;
const path = process.env.PATH;
afterEach(() => {
  process.env.PATH = path;
  folder.remove();
});

function note(...fences: readonly string[]): void {
  folder = noteFolder(['# Lab', ...fences, ''].join('\n\n'));
  io = new FakeIo(folder.dir);
}

it('S3: A lab that is proved on a machine made for it cannot get from there to a host of the user', async () => {
  note('```bash {check #seen host=production}\ntrue\n```');
  Object.assign(io.env, process.env);
  const witness = join(folder.dir, 'ssh was asked');
  mkdirSync(join(folder.dir, 'bin'));
  writeFileSync(join(folder.dir, 'bin/ssh'), `#!/bin/sh\n: > '${witness}'\nexit 1\n`, { mode: 0o755 });
  process.env.PATH = `${join(folder.dir, 'bin')}:${path}`;
  expect(await dispatch(['verify', 'note.md', '--json'], io)).toBe(1);
  expect(io.stdout).toContain('“production” is not part of the machine that this lab is proved on.');
  expect(existsSync(witness)).toBe(false);
}, 120_000);

describe('S21: A lab that is proved on a host of the user', () => {
  const check = '```bash {check #seen}\ntrue\n```';
  const verify = (...args: string[]) =>
    dispatch(['verify', 'note.md', '--lab-machine', 'host', '--host', 'box', ...args], io);

  it('is asked about, and needs --yes where nobody can be asked', async () => {
    note(check);
    io.answer = 'n';
    expect(await verify()).toBe(1);
    expect(io.asked[0]).toMatch(/All cells of these labs will run on box, faults included/);
    io.answer = null;
    expect(await verify()).toBe(1);
    expect(io.stderr).toContain('Pass --yes.');
  });

  it('is asked about its dangerous lines even with --yes', async () => {
    note('```bash {fault #cut}\niptables -F\n```', check);
    expect(await verify('--yes')).toBe(1);
    expect(io.stderr).toContain('line 4 flushes the firewall (box): iptables -F');
    expect(io.stderr).toContain('Pass --allow-danger');
  });
});
