import { blankInlineCode, findLinks, leadsToNote, linkName, type NoteLink } from '../markdown/links';
import { defaultVocabulary, kindOfTitle, type Vocabulary } from './vocabulary';

/** What the words of a list row say. Columns are 0-based UTF-16 columns of the line, end exclusive. */
export interface RowText {
  readonly title: string;
  /** The title as it stands in the line, link or bold marks included. */
  readonly from: number;
  readonly to: number;
  /** The link that is the title, or stands in it. */
  readonly link: NoteLink | null;
  /** The first link of the description. */
  readonly mention: NoteLink | null;
  readonly bold: boolean;
  readonly description: string;
  /** The planned marker with its brackets and emphasis, or null. */
  readonly marker: { readonly from: number; readonly to: number } | null;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

const DASH = /\s[-–—]+(?=\s)/;
/** What may stand behind a marker that ends its row: a full stop, tags, a block id. */
const TAIL = /^[.;,!]?(?:\s+#[\p{L}\p{N}_/-]+)*(?:\s+\^[\w-]+)?\s*$/u;

/** Reads one row from column `from`; null when it has no words. */
export function readRowText(
  line: string,
  from: number,
  vocabulary: Vocabulary = defaultVocabulary,
): RowText | null {
  const plain = blankInlineCode(line);
  const links = findLinks(plain).filter((link) => link.from >= from && leadsToNote(link));
  const masked = maskLinks(plain, links);
  const head = readHead(line, masked, from, links, vocabulary);
  if (head === null) return null;
  const marker = findMarker(masked, head.to, vocabulary);
  const link = links.find((candidate) => candidate.from >= head.from && candidate.to <= head.to) ?? null;
  const title = link === null ? plainTitle(line.slice(head.from, head.to)) : linkName(link.target);
  if (title === '') return null;
  const own = link !== null && !head.bold ? link : head;
  return {
    title,
    from: own.from,
    to: own.to,
    link,
    mention: links.find((candidate) => candidate.from >= head.to) ?? null,
    bold: head.bold,
    description: describe(line, head.to, marker),
    marker,
  };
}

function readHead(
  line: string,
  masked: string,
  from: number,
  links: readonly NoteLink[],
  vocabulary: Vocabulary,
): (Span & { bold: boolean }) | null {
  // `**Bold *title***`: three marks in a row close the inner emphasis first.
  const bold = /^(\*\*|__)(?=\S)(.*?\S)\1(?![*_])/.exec(masked.slice(from));
  if (bold) {
    const to = from + bold[0].length;
    // `**Part 1** [[Note]]`: the link right behind the bold words is the title.
    const next = links.find((link) => link.from >= to && /^[\s:]*$/.test(masked.slice(to, link.from)));
    return next ? { from: next.from, to: next.to, bold: false } : { from, to, bold: true };
  }
  const first = links[0];
  if (first && /^[*_=~]*$/.test(masked.slice(from, first.from))) {
    return { from: first.from, to: first.to, bold: false };
  }
  // The dash of `DEBUG - …` belongs to the title.
  const words = line.slice(from);
  const prefix = kindOfTitle(words) === null ? 0 : words.search(DASH) + 2;
  const dash = masked.slice(from + prefix).search(DASH);
  const end = dash === -1 ? line.length : from + prefix + dash;
  const marker = markersIn(masked, from, vocabulary).find((span) => span.to <= end);
  const to = from + masked.slice(from, marker?.from ?? end).trimEnd().length;
  return to > from ? { from, to, bold: false } : null;
}

/** The marker right behind the title, or at the end of the row. */
function findMarker(masked: string, titleEnd: number, vocabulary: Vocabulary): Span | null {
  const found = markersIn(masked, titleEnd, vocabulary).find(
    ({ from, to }) => /^[*_=~\s:]*$/.test(masked.slice(titleEnd, from)) || TAIL.test(masked.slice(to)),
  );
  return found ?? null;
}

/** Every marker from a column on, with the emphasis around it: `(planned)`, `*( TODO )*`. */
function markersIn(masked: string, start: number, { markers }: Vocabulary): Span[] {
  const words = markers.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const pattern = new RegExp(`\\([ \\t]*(?:${words})[ \\t]*\\)`, 'giu');
  return [...masked.slice(start).matchAll(pattern)].map((match) => {
    let from = start + match.index;
    let to = from + match[0].length;
    while (from > start && '*_~'.includes(masked.charAt(from - 1))) from--;
    while (to < masked.length && '*_~'.includes(masked.charAt(to))) to++;
    return { from, to };
  });
}

function describe(line: string, from: number, marker: Span | null): string {
  const words = marker
    ? `${line.slice(from, Math.max(from, marker.from))} ${line.slice(marker.to)}`
    : line.slice(from);
  return withoutTail(words)
    .replace(/^[*_=~]*[ :–—-]+/, '')
    .replace(/ (?=[.;,!]$)/, '')
    .trim();
}

/** A title without its marks of emphasis and code. */
export function plainTitle(words: string): string {
  return withoutTail(words)
    .replace(/\*\*|__|==|~~|`/g, '')
    .replace(/(?<![\p{L}\p{N}*_])([*_])(?=\S)(.*?\S)\1(?![\p{L}\p{N}*_])/gu, '$2')
    .replace(/ ?: ?$/, '')
    .trim();
}

/** Spaces folded, and without tags and block id at the end. */
function withoutTail(words: string): string {
  return words
    .replace(/\s+/g, ' ')
    .replace(/(?: #[\p{L}_][\p{L}\p{N}_/-]*)*(?: \^[\w-]+)? ?$/u, '')
    .trim();
}

/** Links as filler of the same length, so that a dash or bracket inside a name separates nothing. */
function maskLinks(line: string, links: readonly NoteLink[]): string {
  return links.reduce(
    (masked, { from, to }) => masked.slice(0, from) + 'x'.repeat(to - from) + masked.slice(to),
    line,
  );
}
