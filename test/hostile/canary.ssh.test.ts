import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dispatch } from '../../src/cli/dispatch';
import { FakeIo, noteFolder } from '../cli/fakeIo';
import { filesWith } from '../support/canary';
import { startSshd, type TestSshd } from '../support/sshd';

const passphrase = 'canary-passphrase-3b';
const wrong = 'canary-wrong-3b';
const filled = 'canary-filled-3b';
const NOTE =
  "```bash {#secret}\nprintf '%s' <db-password> | wc -c\n```\n\n```bash {#fails}\nfalse <token>\n```\n";

/** Answers in order, and null for ever after. */
class AnsweringIo extends FakeIo {
  answers: string[] = [];
  override ask(question: string): Promise<string | null> {
    this.asked.push(question);
    return Promise.resolve(this.answers.shift() ?? null);
  }
}

let sshd: TestSshd;
let folder: ReturnType<typeof noteFolder>;
let io: AnsweringIo;
beforeAll(async () => {
  sshd = await startSshd();
  folder = noteFolder(NOTE);
  const state = join(folder.dir, 'state/labpath/lab');
  mkdirSync(state, { recursive: true });
  const identityFile = join(state, 'id_protected');
  copyFileSync(sshd.identityFile, identityFile);
  execFileSync('chmod', ['600', identityFile]);
  execFileSync('ssh-keygen', ['-q', '-p', '-a', '4', '-P', '', '-N', passphrase, '-f', identityFile]);
  const { port, user, knownHostsFile } = sshd;
  const machine = { name: 'lab', kind: 'sandbox', pid: process.pid, host: '127.0.0.1', port, user };
  const rest = {
    identityFile,
    knownHostsFile,
    sshConfigFile: '',
    startedAt: '',
    bootedAt: '',
    internet: false,
    nodes: [],
  };
  writeFileSync(join(state, 'machine.json'), JSON.stringify({ ...machine, ...rest }));
});
afterAll(async () => {
  await sshd.stop();
  folder.remove();
});
beforeEach(() => {
  io = new AnsweringIo(folder.dir);
  Object.assign(io.env, { HOME: folder.dir, XDG_STATE_HOME: join(folder.dir, 'state') });
});

describe('S16: Secrets given to labpath run', () => {
  const run = (...args: string[]) => dispatch(['run', 'note.md', '--yes', ...args], io);

  it('stand in nothing that it prints or writes, whether the run goes well or not', async () => {
    const set = ['--set', `db-password=${filled}`, `token=${filled}`];
    io.answers = [wrong, passphrase];
    expect(await run('--cell', 'secret', ...set)).toBe(0);
    expect(io.asked).toHaveLength(2);
    expect(io.stdout).toContain(`\n${filled.length}\n`);
    io.answers = [passphrase];
    expect(await run('--all', '--json', ...set)).toBe(1);
    io.answers = [wrong];
    expect(await run('--cell', 'secret', ...set)).toBe(1);
    expect(io.stdout + io.stderr).toContain('without its passphrase');
    for (const secret of [passphrase, wrong, filled]) {
      expect(io.stdout + io.stderr + io.asked.join('')).not.toContain(secret);
      expect(await filesWith(secret, folder.dir)).toEqual([]);
    }
  });
});
