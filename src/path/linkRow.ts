import type { MocItem } from '../moc/moc';
import { plainTitle, readRowText, type RowText } from '../moc/rowText';
import { scanRows } from '../moc/rows';
import { defaultVocabulary, type Vocabulary } from '../moc/vocabulary';

/** A row to be turned into a wikilink. `target` is the linkpath, usually the file name of the new note. */
export interface RowLink {
  readonly item: MocItem;
  readonly target: string;
}

/** `linkRows` for one row. */
export function linkRow(
  mocText: string,
  item: MocItem,
  target: string,
  vocabulary: Vocabulary = defaultVocabulary,
): string {
  return linkRows(mocText, [{ item, target }], vocabulary);
}

/**
 * The MOC's text with the titles of these rows as wikilinks and without their planned markers; every other byte
 * is as before. The text is read afresh: a row that has moved is found again by its title, the nearest one when
 * there are several; one that is gone changes nothing. A row that is linked already only loses its marker.
 */
export function linkRows(
  mocText: string,
  links: readonly RowLink[],
  vocabulary: Vocabulary = defaultVocabulary,
): string {
  const mark = mocText.startsWith('\uFEFF') ? '\uFEFF' : '';
  const lines = mocText.slice(mark.length).split('\n');
  const rows = scanRows(mocText).rows.flatMap(({ line, text, from, kind }): FoundRow[] => {
    const words = readRowText(text, from, vocabulary);
    return words ? [{ line, words, bar: kind === 'cell' ? '\\|' : '|' }] : [];
  });
  for (const { item, target } of links) {
    const row = nearest(rows, item);
    const line = row === null ? undefined : lines[row.line - 1];
    if (row === null || line === undefined) continue;
    lines[row.line - 1] = linkTitle(line, row, target);
  }
  return mark + lines.join('\n');
}

interface FoundRow {
  readonly line: number;
  readonly words: RowText;
  /** What parts target and words in a link: a table wants it escaped. */
  readonly bar: '|' | '\\|';
}

function nearest(rows: readonly FoundRow[], { title, line }: MocItem): FoundRow | null {
  const distance = (row: FoundRow) => Math.abs(row.line - line);
  return rows
    .filter(({ words }) => words.title === title)
    .reduce<FoundRow | null>(
      (best, row) => (best === null || distance(row) < distance(best) ? row : best),
      null,
    );
}

function linkTitle(line: string, { words, bar }: FoundRow, target: string): string {
  const { title, from, to, link, bold, marker } = words;
  const unmarked = marker ? line.slice(0, marker.from).trimEnd() + line.slice(marker.to) : line;
  if (link !== null) return unmarked;
  const written = line.slice(from, to);
  const marks = bold ? (/^(\*\*|__)/.exec(written)?.[0] ?? '') : '';
  const shown = written.slice(marks.length, written.length - marks.length);
  return line.slice(0, from) + marks + wikilink(target, shown, title, bar) + marks + unmarked.slice(to);
}

/** `[[target]]`, with the words as they stood when they differ and a link can show them. */
function wikilink(target: string, shown: string, title: string, bar: string): string {
  // A link shows no emphasis within its words.
  if (shown === target || (/[*_]/.test(shown) && plainTitle(shown) === target)) return `[[${target}]]`;
  if (!/[[\]|]/.test(shown)) return `[[${target}${bar}${shown}]]`;
  return /[[\]|]/.test(title) ? `[[${target}]]` : `[[${target}${bar}${title}]]`;
}
