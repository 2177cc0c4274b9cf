import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemError } from '../../src/base/problem';
import { openVault } from '../../src/vault/folder';
import { readLearned } from '../../src/vault/learned';
import { openVaultPath } from '../../src/vault/openPath';
import { createNote, editNote } from '../../src/vault/write';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'labpath-vault-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function put(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(dir, path)), { recursive: true });
  await writeFile(join(dir, path), content);
}
const refusal = async (promise: Promise<unknown>): Promise<string> => {
  const error: unknown = await promise.then(
    () => 'nothing was refused',
    (reason: unknown) => reason,
  );
  return error instanceof ProblemError ? error.problem.what : String(error);
};

describe('a vault on disk', () => {
  it('gives the facts of its notes, sorted, and their text on demand', async () => {
    await put('b/B.md', '---\naliases: [X]\n---\n[[A]]\n');
    await put('A.MD', '');
    await put('c.txt', '');
    const vault = await openVault(dir);
    expect(vault.notes()).toMatchObject([
      { path: 'A.MD', title: 'A', aliases: [] },
      { path: 'b/B.md', title: 'B', aliases: ['X'] },
    ]);
    expect(await vault.text('b/B.md')).toContain('[[A]]');
    expect(await refusal(vault.text('../x.md'))).toBe('There is no note ../x.md in this vault.');
    expect(vault.problems).toEqual([]);
  });

  it('leaves out what is hidden, and node_modules', async () => {
    for (const folder of ['.obsidian', '.git', '.trash', 'node_modules', 'a/.hidden'])
      await put(`${folder}/n.md`, '');
    await put('.x.md', '');
    expect((await openVault(dir)).notes()).toEqual([]);
  });

  it('keeps a note that is not UTF-8, by its name, and says so', async () => {
    await put('latin.md', Uint8Array.of(0x2d, 0xe9, 0x0a));
    const vault = await openVault(dir);
    expect(vault.notes()).toMatchObject([{ path: 'latin.md', frontmatter: {} }]);
    expect(vault.problems.map(({ what }) => what)).toEqual(['The note latin.md is not UTF-8 text.']);
  });

  it('tells of a dangling link, and hangs neither on a pipe nor on a folder within itself', async () => {
    await put('A.md', '');
    await symlink('nowhere.md', join(dir, 'gone.md'));
    await symlink('.', join(dir, 'loop'));
    await mkdir(join(dir, 'folder.md'));
    execFileSync('mkfifo', [join(dir, 'pipe.md')]);
    const vault = await openVault(dir);
    expect(vault.notes().map(({ path }) => path)).toEqual(['A.md']);
    expect(vault.problems.map(({ what }) => what)).toEqual(['gone.md could not be read.']);
  });

  it('must be a folder that is there', async () => {
    await put('file', '');
    expect(await refusal(openVault(join(dir, 'nope')))).toMatch(/^There is no folder /);
    expect(await refusal(openVault(join(dir, 'file')))).toMatch(/is a file, not a vault\.$/);
  });

  it('must hold a MOC to have a path', async () => {
    expect(await refusal(openVaultPath(dir))).toMatch(/^There is no MOC in /);
    await put('A.md', 'no map');
    expect(await refusal(openVaultPath(dir))).toMatch(/^There is no MOC in /);
  });

  it('of thousands of notes is known to the last one', async () => {
    await Promise.all(Array.from({ length: 10 }, (_, f) => mkdir(join(dir, `f${f}`))));
    const paths = Array.from({ length: 2000 }, (_, i) => `f${i % 10}/Note ${i}.md`);
    for (const path of paths) await writeFile(join(dir, path), `---\nuid: ${path}\n---\n`);
    await put('Map.md', `---\ntype: map\n---\n\n## Path\n\n${'1. [[Note 7]]\n'.repeat(3)}`);
    const { path, vault } = await openVaultPath(dir);
    expect(vault.notes().map((note) => note.path)).toEqual(['Map.md', ...paths].sort());
    expect(path.progress).toMatchObject({ steps: 3, unresolved: 0, total: 1 });
  }, 60_000);
});

describe("the learner's book", () => {
  const data = '.obsidian/plugins/labpath/data.json';

  it('is what the plugin saved; entries of another shape are left out', async () => {
    const when = '2026-01-01T00:00:00Z';
    const learned = { a: { state: 'completed', when }, b: { state: 'done' }, c: 7, d: { state: 'skipped' } };
    await put(data, JSON.stringify({ learned, settings: {} }));
    expect(await readLearned(dir)).toEqual({
      learned: { a: { state: 'completed', when }, d: { state: 'skipped', when: '' } },
      problem: null,
    });
  });

  it('is empty when there is none, and a broken one is told', async () => {
    expect(await readLearned(dir)).toEqual({ learned: {}, problem: null });
    await put(data, '{');
    const { learned, problem } = await readLearned(dir);
    expect([learned, problem?.what]).toEqual([{}, `${data} is not valid JSON.`]);
  });
});

describe('creating a note', () => {
  it('writes it whole, folders included, and leaves nothing else behind', async () => {
    await createNote(dir, 'x/y/A.md', 'text\r\n');
    expect(await readFile(join(dir, 'x/y/A.md'), 'utf8')).toBe('text\r\n');
    expect(await readdir(join(dir, 'x/y'))).toEqual(['A.md']);
  });

  it('never overwrites, also when two write at once', async () => {
    await put('A.md', 'mine');
    expect(await refusal(createNote(dir, 'A.md', 'other'))).toBe('A.md already exists.');
    expect(await readFile(join(dir, 'A.md'), 'utf8')).toBe('mine');
    const tries = Array.from({ length: 20 }, (_, i) => createNote(dir, 'B.md', `text ${i}`));
    const results = await Promise.allSettled(tries);
    const winners = results.flatMap(({ status }, i) => (status === 'fulfilled' ? [i] : []));
    expect(winners).toHaveLength(1);
    expect(await readFile(join(dir, 'B.md'), 'utf8')).toBe(`text ${winners[0]}`);
    expect((await readdir(dir)).sort()).toEqual(['A.md', 'B.md']);
  });

  it.each(['../out.md', '/etc/out.md', '', 'a/../../out.md'])('stays inside the vault: %j', async (path) => {
    expect(await refusal(createNote(dir, path, ''))).toBe(`${path} is not a path inside the vault.`);
  });
});

describe('editing a note', () => {
  it('changes what the edit changes, and keeps byte order mark and mode', async () => {
    await put('A.md', '\uFEFFone\r\ntwo\r\n');
    await chmod(join(dir, 'A.md'), 0o640);
    expect(await editNote(dir, 'A.md', (text) => text.replace('two', 'drei'))).toBe(true);
    expect(await readFile(join(dir, 'A.md'), 'utf8')).toBe('\uFEFFone\r\ndrei\r\n');
    expect((await stat(join(dir, 'A.md'))).mode & 0o777).toBe(0o640);
    expect(await readdir(dir)).toEqual(['A.md']);
  });

  it('refuses to write over what another program wrote meanwhile', async () => {
    await put('A.md', 'one');
    const edit = editNote(dir, 'A.md', (text) => {
      writeFileSync(join(dir, 'A.md'), 'another');
      return `${text} more`;
    });
    expect(await refusal(edit)).toBe('A.md was changed by another program just now.');
    expect(await readFile(join(dir, 'A.md'), 'utf8')).toBe('another');
    expect(await readdir(dir)).toEqual(['A.md']);
  });

  it('does not touch a note that stays the same', async () => {
    await put('A.md', 'x');
    const { ino } = await stat(join(dir, 'A.md'));
    expect(await editNote(dir, 'A.md', (text) => text)).toBe(false);
    expect((await stat(join(dir, 'A.md'))).ino).toBe(ino);
  });

  it('goes through a link to the note itself', async () => {
    await put('real/A.md', 'x');
    await symlink('real/A.md', join(dir, 'L.md'));
    await editNote(dir, 'L.md', () => 'y');
    expect(await readFile(join(dir, 'real/A.md'), 'utf8')).toBe('y');
  });

  it('writes nothing when the edit fails or the note is no text', async () => {
    await put('A.md', 'x');
    await put('B.md', Uint8Array.of(0xff));
    const failing = editNote(dir, 'A.md', () => {
      throw new Error('no');
    });
    expect(await refusal(failing)).toBe('A.md could not be changed.');
    expect(await refusal(editNote(dir, 'B.md', () => 'y'))).toBe('The note B.md is not UTF-8 text.');
    expect((await readdir(dir)).sort()).toEqual(['A.md', 'B.md']);
  });
});
