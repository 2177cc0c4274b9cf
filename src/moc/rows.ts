import type { Problem } from '../base/problem';
import { visibleLines } from '../markdown/visible';
import { cellsOf, findTables, onlyLinks } from './tables';

export interface Heading {
  /** 1–6. */
  readonly level: number;
  /** As written, without the number signs. */
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

/**
 * Where a row stands: in a list; in a cell of a table; on a line of its own, outside any list, that holds links and
 * nothing else; or in a heading that is a link.
 */
export type RowKind = 'list' | 'cell' | 'line' | 'heading';

/** One place of a note that may name something, as structure: what it says is read in rowText.ts. */
export interface Row {
  readonly kind: RowKind;
  /** 1-based. */
  readonly line: number;
  /** The line with comments blanked, cut behind the row; columns are those of the note. */
  readonly text: string;
  /** 0-based column at which the row's words begin: behind quote marks, list marker and task box. */
  readonly from: number;
  /** The number of a numbered row, else null. */
  readonly ordinal: number | null;
  /** The row this one is nested in. */
  readonly parent: Row | null;
  /** All headings above, outermost first. */
  readonly headings: readonly Heading[];
  /** The paragraph right above the row's list, when it reads as the list's name (`Beginner:`, `**Beginner**`). */
  readonly label: string | null;
  /** What the other cells of a table's row say behind its first cell; empty elsewhere. */
  readonly remark: string;
}

export interface Outline {
  readonly rows: readonly Row[];
  readonly problems: readonly Problem[];
}

const HEADING = /^ {0,3}(#{1,6})(?=[ \t]|$)/;
const UNDERLINE = /^ {0,3}(=+|-{2,})[ \t]*$/;
const RULE = /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/;
const ROW = /^([ \t]*)([-*+]|(\d{1,9})[.)])(?:[ \t]+|$)(?:\[[^[\]]\](?:[ \t]+|$))?/;
const LABEL = /^(?:\*\*(.+?):?\*\*:?|__(.+?):?__:?|(.{1,60}):)$/;

interface Open {
  readonly row: Row;
  /** Column of the list marker, tabs as four. */
  readonly indent: number;
  readonly quotes: number;
}

/** Every list row of a note with its place among headings and lists. */
export function scanRows(text: string): Outline {
  const { visible, problems } = visibleLines(text);
  const rows: Row[] = [];
  let headings: Heading[] = [];
  let open: Open[] = [];
  let paragraph: string | null = null;
  let label: string | null = null;
  let afterBlank = true;
  const tables = findTables(visible);
  const alone = { ordinal: null, parent: null, label: null, remark: '' };

  visible.forEach((line, i) => {
    const quote = /^(?: {0,3}>[ \t]?)*/.exec(line)?.[0] ?? '';
    const quotes = quote.replace(/[^>]/g, '').length;
    const rest = line.slice(quote.length);
    if (rest.trim() === '') {
      afterBlank = true;
      paragraph = null;
      return;
    }
    if (tables.has(i)) {
      if (tables.get(i) === 'body') {
        rows.push(...cellsOf(line).map((cell) => ({ ...alone, ...cell, headings, line: i + 1 })));
      }
      open = [];
      paragraph = null;
      afterBlank = false;
      return;
    }
    const heading = quotes === 0 ? headingAt(rest, paragraph, i + 1) : null;
    const match = heading === null && !RULE.test(rest) ? ROW.exec(rest) : null;
    if (heading) {
      headings = [...headings.filter(({ level }) => level < heading.level), heading];
      open = [];
      paragraph = null;
      label = null;
      for (const span of onlyLinks(
        line,
        heading.line === i + 1 ? line.length - rest.length + behindMarks(rest) : null,
      )) {
        rows.push({ ...alone, ...span, kind: 'heading', headings, line: i + 1 });
      }
    } else if (match && !isIndentedCode(match[1] ?? '', open)) {
      const indent = columns(match[1] ?? '');
      // Two columns are enough to nest: people indent numbered rows by less than CommonMark asks for.
      open = open.filter((outer) => outer.quotes === quotes && indent >= outer.indent + 2);
      const row: Row = {
        kind: 'list',
        remark: '',
        line: i + 1,
        text: line,
        from: quote.length + match[0].length,
        ordinal: match[3] === undefined ? null : Number(match[3]),
        parent: open.at(-1)?.row ?? null,
        headings,
        label,
      };
      rows.push(row);
      open = [...open, { row, indent, quotes }];
      paragraph = null;
    } else {
      // Text that is neither indented nor glued to the row above ends the list.
      if (afterBlank && columns(/^[ \t]*/.exec(rest)?.[0] ?? '') < 2) open = [];
      if (open.length === 0) {
        paragraph = rest.trim();
        const name = LABEL.exec(paragraph);
        label = name?.[1] ?? name?.[2] ?? name?.[3] ?? null;
        const words = isIndentedCode(/^[ \t]*/.exec(rest)?.[0] ?? '', open)
          ? null
          : quote.length + behindCallout(rest);
        for (const span of onlyLinks(line, words)) {
          rows.push({ ...alone, ...span, kind: 'line', headings, line: i + 1 });
        }
      }
    }
    afterBlank = false;
  });
  return { rows, problems };
}

function headingAt(line: string, paragraph: string | null, lineNumber: number): Heading | null {
  const match = HEADING.exec(line);
  if (match) {
    const words = line.slice(match[0].length).trim();
    // A closing row of number signs is no part of the text (CommonMark §4.2).
    const text = words.replace(/(?:^|[ \t])#+$/, '').trim();
    return { level: match[1]?.length ?? 1, text, line: lineNumber };
  }
  const underline = paragraph === null ? null : UNDERLINE.exec(line);
  if (!underline || paragraph === null) return null;
  return { level: underline[1]?.startsWith('=') ? 1 : 2, text: paragraph, line: lineNumber - 1 };
}

function behindMarks(heading: string): number {
  return /^ {0,3}#{1,6}[ \t]*/.exec(heading)?.[0].length ?? 0;
}

/** A callout's title stands behind its type: `> [!note] Title`. */
function behindCallout(line: string): number {
  return /^[ \t]*(?:\[![^\]]+\][+-]?)?[ \t]*/.exec(line)?.[0].length ?? 0;
}

/** Four columns outside any list are indented code (CommonMark §4.4). */
function isIndentedCode(indent: string, open: readonly Open[]): boolean {
  return open.length === 0 && columns(indent) >= 4;
}

function columns(indent: string): number {
  return indent.replaceAll('\t', '    ').length;
}
