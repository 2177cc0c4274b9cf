import { blankInlineCode, findLinks, leadsToNote } from '../markdown/links';

/** A part of a line that may name something: the line cut behind it, and the column where it begins. */
export interface Span {
  readonly text: string;
  readonly from: number;
}

const DELIMITERS = /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** The lines that belong to tables (GFM §4.10), 0-based: a head, its row of dashes, and the body up to a blank line. */
export function findTables(lines: readonly string[]): ReadonlyMap<number, 'head' | 'body'> {
  const found = new Map<number, 'head' | 'body'>();
  lines.forEach((line, i) => {
    const head = lines[i - 1] ?? '';
    if (!line.includes('|') || !DELIMITERS.test(line) || !head.includes('|')) return;
    if (splitCells(head).length !== splitCells(line).length) return;
    found.set(i - 1, 'head').set(i, 'head');
    for (let at = i + 1; lines[at]?.includes('|'); at++) found.set(at, 'body');
  });
  return found;
}

/** The cells of a table's row that may name something, the first one with what the others say. */
export function cellsOf(line: string): (Span & { readonly kind: 'cell'; readonly remark: string })[] {
  const cells = splitCells(line);
  return cells.flatMap(({ from, to }, i) => {
    const words = line.slice(from, to);
    const start = from + words.length - words.trimStart().length;
    // Behind the first cell only a link is an item; words are what the row says of its first cell.
    if (words.trim() === '' || (i > 0 && onlyLinks(line.slice(0, to), start).length === 0)) return [];
    const others = cells.slice(1).map((cell) => line.slice(cell.from, cell.to).trim());
    return [
      {
        kind: 'cell' as const,
        text: line.slice(0, to).trimEnd(),
        from: start,
        remark: i === 0 ? others.filter((other) => other !== '').join(' - ') : '',
      },
    ];
  });
}

/** Cells by their columns, end exclusive, without the bars around them; an escaped bar is part of its cell. */
function splitCells(line: string): { from: number; to: number }[] {
  const bars = [...line.matchAll(/(?<!\\)\|/g)].map(({ index }) => index);
  const start = /^[ \t>]*\|/.test(line) ? [] : [-1];
  const end = /(?<!\\)\|[ \t]*$/.test(line) ? [] : [line.length];
  const edges = [...start, ...bars, ...end];
  return edges.slice(1).map((to, i) => ({ from: (edges[i] ?? 0) + 1, to }));
}

/**
 * The links of a line that holds links and nothing else from column `from` on, but for what stands between them.
 * None when it holds anything else, or when `from` is null.
 */
export function onlyLinks(line: string, from: number | null): Span[] {
  if (from === null || !line.includes(']')) return [];
  const links = findLinks(blankInlineCode(line)).filter((link) => link.from >= from && leadsToNote(link));
  let rest = '';
  let at = from;
  for (const link of links) {
    rest += line.slice(at, link.from);
    at = link.to;
  }
  if (links.length === 0 || !/^[\s,;:·•|/&+*_=~–—-]*$/.test(rest + line.slice(at))) return [];
  return links.map((link, i) => ({
    text: line.slice(0, i === links.length - 1 ? line.length : (links[i + 1]?.from ?? line.length)).trimEnd(),
    from: link.from,
  }));
}
