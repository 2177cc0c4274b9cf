import { problem, type Problem } from '../base/problem';
import { parseFrontmatter } from '../markdown/frontmatter';
import { linkName } from '../markdown/links';
import { brokenHeadings } from '../markdown/readable';
import type { Moc, MocItem, Track } from './moc';
import { readRowText, type RowText } from './rowText';
import { scanRows, type Heading, type Row } from './rows';
import { defaultVocabulary, isPathHeading, isPlannedHeading, kindOf, type Vocabulary } from './vocabulary';

/** A note is a Map of Content when its frontmatter says `type: map`. */
export function isMoc(frontmatter: Readonly<Record<string, unknown>>): boolean {
  const type = frontmatter['type'];
  return typeof type === 'string' && type.trim().toLowerCase() === 'map';
}

/**
 * A MOC as its text alone tells it.
 *
 * Numbered rows under a learning-path heading are the steps of a track, whatever they hold. Every other list row
 * is an item when it is linked or planned, and prose otherwise. Code, comments and frontmatter are not read.
 */
export function parseMoc(text: string, path: string, vocabulary: Vocabulary = defaultVocabulary): Moc {
  const { data, problem: badYaml } = parseFrontmatter(text);
  const { rows, problems } = scanRows(text);
  const read = rows.flatMap((row) => {
    const words = readRowText(row.text, row.from, vocabulary);
    return words ? [{ row, words }] : [];
  });
  const tracks = findTracks(read);
  const steps = new Set(tracks.flatMap((track) => track.steps.map(({ line }) => line)));
  const items = read
    .filter(({ row }) => !steps.has(row.line))
    .flatMap(({ row, words }) => asItem(row, words) ?? []);
  return {
    path,
    title: titleOf(data['title'], path),
    items,
    tracks,
    problems: [...(badYaml ? [badYaml] : []), ...problems, ...brokenEncoding(text)],
  };
}

function brokenEncoding(text: string): Problem[] {
  const lines = brokenHeadings(text).map(({ line }) => line);
  if (lines.length === 0) return [];
  const [which, stand] =
    lines.length === 1 ? ['The heading on line', 'stands'] : ['The headings on lines', 'stand'];
  return [
    problem(
      `${which} ${lines.join(', ')} ${stand} in a broken encoding.`,
      'Somebody once read their emoji as Mac Roman; here they are shown as they were meant.',
      'The command “Repair headings of this map” writes them so, after showing the lines.',
    ),
  ];
}

function titleOf(title: unknown, path: string): string {
  if (typeof title === 'string' && title.trim() !== '') return title.trim();
  return (path.split('/').at(-1) ?? path).replace(/\.md$/i, '');
}

interface ReadRow {
  readonly row: Row;
  readonly words: RowText;
}

function asItem(row: Row, words: RowText): MocItem | null {
  const item = describeRow(row, words);
  // Words in a table's cell that merely mention a note do not name it.
  if (row.kind === 'cell' && item.link !== null && item.link.from > row.from && !words.bold) {
    return item.planned === null ? null : { ...item, link: null };
  }
  if (item.link !== null || item.planned !== null) return item;
  // "**Basics** - see [[Linux Networking]]": the bullet stands for the note it mentions.
  const { mention } = words;
  if (mention === null || row.kind !== 'list') return null;
  const title = linkName(mention.target);
  const kind = kindOf(title, ownSections(row.headings));
  return { ...item, title, kind, link: mention, from: mention.from, to: mention.to };
}

function describeRow(row: Row, words: RowText): MocItem {
  const sections = row.headings.map(({ text }) => text);
  const heading = row.headings.some(({ text }) => isPlannedHeading(text));
  return {
    title: words.title,
    kind: kindOf(words.title, ownSections(row.headings)),
    link: words.link,
    planned: words.marker ? 'marker' : heading ? 'heading' : null,
    description: words.description === '' ? row.remark : words.description,
    section: sections.at(-1) ?? '',
    sections,
    line: row.line,
    parent: row.parent?.line ?? null,
    from: words.from,
    to: words.to,
  };
}

/** The headings that say something of a row: the note's title line above sections says nothing. */
function ownSections(headings: readonly Heading[]): string[] {
  return headings.filter(({ level }, i) => level > 1 || i === headings.length - 1).map(({ text }) => text);
}

interface OpenTrack {
  readonly home: string;
  readonly heading: Heading;
  readonly name: Row | null;
  readonly label: string | null;
  readonly steps: ReadRow[];
}

function findTracks(rows: readonly ReadRow[]): Track[] {
  const open: OpenTrack[] = [];
  for (const read of rows) {
    const { row } = read;
    const heading = row.headings.at(-1);
    if (row.ordinal === null || !heading || hasNumberedParent(row)) continue;
    if (!row.headings.some(({ text }) => isPathHeading(text))) continue;
    const home = `${heading.line}:${row.parent?.line ?? ''}`;
    const last = open.at(-1);
    const restarts = row.ordinal <= 1 && last !== undefined && last.label !== row.label;
    if (last?.home === home && !restarts) last.steps.push(read);
    else open.push({ home, heading, name: row.parent, label: row.label, steps: [read] });
  }
  return open.filter(isTrack).map((track) => {
    const siblings = open.filter(({ home }) => home === track.home).length;
    const named = track.name ? (readRowText(track.name.text, track.name.from)?.title ?? null) : null;
    return {
      title: named ?? (siblings > 1 ? track.label : null) ?? track.heading.text,
      line: track.name?.line ?? track.heading.line,
      steps: track.steps.map(({ row, words }) => describeRow(row, words)),
    };
  });
}

/**
 * Below the note's own title ("# Networking learning path") a numbered list may be a mere instruction; there
 * only a list that names something, by link, bold or marker, is a track.
 */
function isTrack({ heading, steps }: OpenTrack): boolean {
  const headings = steps[0]?.row.headings ?? [];
  const bySection = headings.some(
    ({ text, level, line }) => isPathHeading(text) && (level > 1 || line === heading.line),
  );
  return bySection || steps.some(({ words }) => words.link !== null || words.bold || words.marker !== null);
}

function hasNumberedParent(row: Row): boolean {
  for (let outer = row.parent; outer; outer = outer.parent) if (outer.ordinal !== null) return true;
  return false;
}
