import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { textList } from '../../src/markdown/frontmatter';
import { findLinks } from '../../src/markdown/links';
import { filled, labs, proseLines, receipts, vaultNotes, type VaultCell, type VaultNote } from './vaultNotes';

const SEED_KEYS = [
  ...['aliases', 'confidence', 'created', 'epistemic', 'last_reviewed', 'modified', 'purpose'],
  ...['review_interval', 'see_also', 'source_of_truth', 'status', 'tags', 'title', 'type', 'uid', 'updated'],
  'version',
];
const LAB_KEYS = [
  ...['lab_level', 'lab_minutes', 'lab_env', 'lab_nodes', 'lab_requires', 'prerequisites', 'teaches'],
];

const notes = vaultNotes();
const shellCells = notes.flatMap((note) => note.cells.filter((cell) => cell.lang === 'bash'));
const isToolList = (cell: VaultCell) => cell.role === null && /^iproute2,/m.test(cell.body);
const ids = (note: VaultNote, role: string) =>
  note.cells.filter((cell) => cell.role === role).map((cell) => cell.id);
const targets = (note: VaultNote, role: string) =>
  note.cells
    .filter((cell) => cell.role === role)
    .flatMap((cell) => cell.attributes['for']?.split(',') ?? ['nothing']);
/** A line that every loop and every condition has says nothing about what it does. */
const isGrammar = (line: string) =>
  /^(?:|exit 0|for .*; do|do|done|then|else|fi|esac|[{}()])$/.test(line.trim());
/** The map of the vault; its neighbours are stubs. */
const findMap = () => notes.find((note) => note.title === 'MOC - Hands-on Container Labs');
/** Hundreds of short processes, on a machine that may be busy. */
const SLOW = 120_000;

describe('the notes of the sample vault', () => {
  it('have every key of the frontmatter, and valid YAML', () => {
    for (const note of notes) {
      expect(note.frontmatter.problem, note.title).toBeNull();
      expect(Object.keys(note.frontmatter.data), note.title).toEqual(expect.arrayContaining(SEED_KEYS));
      expect(note.frontmatter.data['title']).toBe(note.title);
    }
  });

  it('have a uid of their own each', () => {
    const uids = notes.map((note) => note.frontmatter.data['uid']);
    expect(new Set(uids).size).toBe(uids.length);
  });

  it('link only notes of the vault and what the map plans', () => {
    const map = findMap();
    for (const note of notes.filter((each) => each !== map)) {
      for (const { target } of proseLines(note.text).flatMap(findLinks)) {
        const isThere = [...notes, ...receipts()].some((each) => each.title === target);
        const known = isThere || map?.text.includes(`[[${target}]]`);
        expect(known, `${note.title} links [[${target}]]`).toBe(true);
      }
    }
  });

  it('end with one newline and have no blanks at line ends', () => {
    for (const { text, title } of notes) {
      expect(text.endsWith('\n') && !text.endsWith('\n\n'), title).toBe(true);
      expect(/[ \t]$/m.test(text), title).toBe(false);
    }
  });
});

describe('the map', () => {
  const lines = findMap()?.text.split('\n') ?? [];
  const sectionOf = (heading: RegExp) => {
    const start = lines.findIndex((line) => heading.test(line));
    const rest = lines.slice(start + 1);
    const end = rest.findIndex((line) => line.startsWith('#'));
    return rest.slice(0, end === -1 ? undefined : end);
  };

  it('still plans something, so that there is a stub to create, and says so in both ways', () => {
    expect(lines.filter((line) => /^- \*\*.*\(planned\)$/.test(line))).not.toHaveLength(0);
    expect(sectionOf(/^### Planned Ideas/).filter((line) => line.startsWith('- '))).toHaveLength(3);
  });

  it('marks as planned only what nobody has written', () => {
    const names = notes.flatMap(({ title, frontmatter }) => [
      title,
      ...textList(frontmatter.data['aliases']),
    ]);
    const planned = lines.flatMap((line) => /^- \*\*([^*]+)\*\*.*\(planned\)$/.exec(line)?.[1] ?? []);
    expect(planned.filter((title) => names.includes(title))).toEqual([]);
  });

  it('has three tracks of four steps', () => {
    for (const track of ['Beginner', 'Intermediate', 'Advanced']) {
      const steps = sectionOf(new RegExp(`^### ${track} Track`)).filter((line) => /^\d\. /.test(line));
      expect(steps, track).toHaveLength(4);
    }
  });
});

describe('the labs of the sample vault', () => {
  it('have the frontmatter of a lab', () => {
    for (const note of labs()) {
      expect(Object.keys(note.frontmatter.data), note.title).toEqual(expect.arrayContaining(LAB_KEYS));
      expect(textList(note.frontmatter.data['lab_requires']), note.title).not.toHaveLength(0);
    }
  });

  it('give every cell a name of its own', () => {
    for (const note of labs()) {
      const cells = note.cells.filter((cell) => cell.role !== 'expect');
      for (const cell of cells) expect(cell.id, cell.where).not.toBeNull();
      expect(new Set(cells.map((cell) => cell.id)).size, note.title).toBe(cells.length);
    }
  });

  it('have a setup, a cleanup, and at least two faults', () => {
    for (const note of labs()) {
      expect(ids(note, 'setup').length, note.title).toBeGreaterThan(0);
      expect(ids(note, 'cleanup').length, note.title).toBe(1);
      expect(ids(note, 'fault').length, note.title).toBeGreaterThan(1);
    }
  });

  it('have a solution for each fault, a hint for each check, and a fault that breaks each check', () => {
    for (const note of labs()) {
      const checks = ids(note, 'check').sort();
      const broken = [...new Set(note.cells.flatMap((cell) => cell.attributes['breaks']?.split(',') ?? []))];
      const mended = targets(note, 'solution').filter((target) => !checks.includes(target));
      // Several solutions of one fault are its steps.
      expect([...new Set(mended)].sort(), note.title).toEqual(ids(note, 'fault').sort());
      expect([...new Set(targets(note, 'hint'))].sort(), note.title).toEqual(checks);
      // A solution may also build what a check asks for; that check has failed before, with or without a fault.
      const builds = mended.length < targets(note, 'solution').length;
      if (builds) expect(checks, note.title).toEqual(expect.arrayContaining(broken));
      else expect(broken.sort(), note.title).toEqual(checks);
    }
  });

  it('expect output only of cells that are there', () => {
    for (const note of labs()) {
      for (const cell of note.cells.filter((each) => each.role === 'expect')) {
        const seen = [...ids(note, 'observe'), ...ids(note, 'step')];
        expect(seen, cell.where).toContain(cell.attributes['of']);
      }
    }
  });

  it('never put a line of a solution into a hint', () => {
    for (const note of labs()) {
      const of = (role: string) =>
        note.cells.filter((cell) => cell.role === role).flatMap((cell) => cell.body.split('\n'));
      const hints = of('hint').join('\n');
      for (const line of of('solution')) {
        // Making a neighbour table forget is how one looks, too.
        if (!isGrammar(line) && !line.includes(' neigh flush '))
          expect(hints, note.title).not.toContain(line.trim());
      }
    }
  });
});

describe('the code of the sample vault', () => {
  const code = shellCells.filter((cell) => !isToolList(cell));

  it('is bash that parses', { timeout: SLOW }, () => {
    for (const cell of code) {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: filled(cell.body), encoding: 'utf8' });
      expect(`${status} ${stderr}`, cell.where).toBe('0 ');
    }
  });

  it('has no findings by shellcheck', { timeout: SLOW }, (context) => {
    if (spawnSync('shellcheck', ['--version']).status !== 0) {
      context.skip('shellcheck is not installed here.');
    }
    const folder = mkdtempSync(path.join(tmpdir(), 'labpath-vault-'));
    try {
      for (const cell of code) {
        const file = path.join(folder, `${cell.where}.bash`);
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, `${filled(cell.body)}\n`);
      }
      const { status, stdout } = spawnSync('bash', ['-c', 'shellcheck -s bash -f gcc -- *'], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect(`${status} ${stdout}`).toBe('0 ');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
