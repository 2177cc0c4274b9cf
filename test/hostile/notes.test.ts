import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { shellQuote } from '../../src/base/quote';
import { linesWithHidden } from '../../src/base/visible';
import type { Cell } from '../../src/cells/cell';
import { fillPlaceholders } from '../../src/cells/placeholders';
import { scanCells } from '../../src/cells/scan';
import { labDir } from '../../src/labs/labShell';
import { launch, LAB_SESSION } from '../../src/labs/launch';
import { parseFrontmatter } from '../../src/markdown/frontmatter';
import { isHostName } from '../../src/ssh/destination';
import { findDangers } from '../../src/trust/danger';

const vault = join(import.meta.dirname, 'vault');
const witness = '/tmp/labpath-hostile';
const textOf = (note: string): string => readFileSync(join(vault, `${note}.md`), 'utf8');

function cellOf(note: string, id: string): Cell {
  const cell = scanCells(textOf(note)).find((each) => each.id === id);
  if (cell === undefined) throw new Error(`${note} has no cell ${id}.`);
  return cell;
}

beforeEach(() => rmSync(witness, { force: true }));

function fileCell(): Cell {
  const cell = scanCells(textOf('Hosts on cells')).find(({ role }) => role === 'file');
  if (cell === undefined) throw new Error('The note has no file fence.');
  return cell;
}

describe('A hostile note', () => {
  it('says what it tries and what happens, and the security page names it', () => {
    const page = readFileSync('docs/security.md', 'utf8');
    for (const file of readdirSync(vault)) {
      const { data } = parseFrontmatter(readFileSync(join(vault, file), 'utf8'));
      expect([file, typeof data.attack, typeof data.happens]).toEqual([file, 'string', 'string']);
      expect(page).toContain(file.replace('.md', ''));
    }
  });

  it.each(['Host with options', 'Host with a user'])('S3, S7: cannot name more than a host: %s', (note) => {
    const { host } = parseFrontmatter(textOf(note)).data;
    expect(typeof host === 'string' && isHostName(host)).toBe(false);
  });

  it.each(['netns', 'container'])('S7: runs nothing where the place is no plain name: %s', (id) => {
    const cell = cellOf('Hosts on cells', id);
    expect([cell.runnable, launch(cell, 'n').netns]).toEqual([false, null]);
  });

  it('S7: cannot smuggle shell code through the path or mode of a file', () => {
    // A note of this process alone: its folder belongs to whoever ran it last.
    const note = `n${process.pid}`;
    const { source } = launch(fileCell(), note);
    try {
      execFileSync('bash', ['-c', source.replaceAll('install ', 'echo install ')], { stdio: 'ignore' });
    } finally {
      rmSync(labDir(note), { recursive: true, force: true });
    }
    expect(existsSync(witness)).toBe(false);
    expect(source).toContain('-m 0644 ');
  });

  it('cannot reach the shell that decides about checks', () => {
    expect(launch(cellOf('Hosts on cells', 'session'), 'n').session).not.toBe(LAB_SESSION);
  });

  it('S6: hides nothing, and S4: its dangers are found', () => {
    expect(linesWithHidden(cellOf('Hidden characters', 'hidden').source)).toEqual([1]);
    expect(findDangers(cellOf('Dangerous lines', 'danger').source).map(({ line }) => line)).toEqual([2, 3]);
  });

  it('S11: does not break out of its fence', () => {
    expect(scanCells(textOf('Fence that breaks out')).map(({ id }) => id)).toEqual(['fence']);
  });
});

describe('S7: Quoting', () => {
  /** What bash makes of words, NUL-separated. */
  const inBash = (words: string): string[] =>
    execFileSync('bash', ['-c', `printf '%s\\0' ${words}`], { encoding: 'utf8' })
      .split('\0')
      .slice(0, -1);
  const nasty = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          "'",
          '"',
          '$(touch /tmp/labpath-hostile)',
          '`',
          '\\',
          '\n',
          '-',
          '!',
          '~',
          '*',
          '{a,b}',
          '#',
          ' ',
          '\t',
          'ü',
          '\u202e',
        ),
        fc.string({ maxLength: 3 }).map((text) => text.replaceAll('\0', '')),
      ),
      { maxLength: 8 },
    )
    .map((pieces) => pieces.join(''));

  it('gives bash each text as the one word it is', () => {
    fc.assert(
      fc.property(fc.array(nasty, { minLength: 1, maxLength: 20 }), (texts) => {
        expect(inBash(texts.map(shellQuote).join(' '))).toEqual(texts);
      }),
      { numRuns: 40 },
    );
    expect(existsSync(witness)).toBe(false);
  });

  it('of a placeholder’s value gives bash that value, bare and in double quotes', () => {
    fc.assert(
      fc.property(nasty, (value) => {
        const words = fillPlaceholders('<v> a<v> "{{v}}" "x{{v}}y"', { v: value });
        expect(inBash(words)).toEqual([value, `a${value}`, value, `x${value}y`]);
      }),
      { numRuns: 40 },
    );
    expect(existsSync(witness)).toBe(false);
  });

  it('keeps a word that begins with - from looking like plain text, and a name from being an option', () => {
    expect(shellQuote('-rf')).toBe("'-rf'");
    for (const name of ['-oProxyCommand=x', '--help', '-l']) expect(isHostName(name)).toBe(false);
  });
});
