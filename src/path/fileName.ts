import { fingerprint } from '../base/hash';

/** File systems allow 255 bytes; this leaves room for `.md`, sync suffixes and temporary names. */
const MAX_BYTES = 200;
/** Illegal on Windows or Android (`\ / : * ? " < > |`), or with a meaning in an Obsidian link (`# ^ [ ]`). */
const ILLEGAL = /[\\/:*?"<>|#^[\]\p{Cc}]+/gu;
/** Windows reserves these whatever extension follows. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;

/**
 * A title as a file name without `.md` that every system takes and every link can name. A title that is one
 * already comes back unchanged; otherwise the caller keeps the title as an alias.
 */
export function fileNameFor(title: string): string {
  const composed = title.normalize('NFC');
  const legal = composed.replace(ILLEGAL, (run, at: number) => (isEdge(composed, run, at) ? ' ' : '-'));
  const safe = trimEdges(legal.replace(/\s+/g, ' '));
  const named = safe === '' ? 'Untitled' : safe.replace(RESERVED, (name) => `${name}_`);
  return shorten(named);
}

/** A character at the end of a word ("What is DNS?") leaves nothing behind; one inside of a word leaves a hyphen. */
function isEdge(title: string, run: string, at: number): boolean {
  const before = title[at - 1] ?? ' ';
  const after = title[at + run.length] ?? ' ';
  return /\s/.test(before) || /\s/.test(after);
}

/** No leading dot (hidden), no trailing dot or space (Windows drops them). */
function trimEdges(name: string): string {
  return name.replace(/^[\s.]+/, '').replace(/[\s.]+$/, '');
}

/** Cut between characters; a fingerprint keeps long titles with the same beginning apart. */
function shorten(name: string): string {
  const encoder = new TextEncoder();
  if (encoder.encode(name).length <= MAX_BYTES) return name;
  const suffix = ` ${fingerprint(name).slice(0, 8)}`;
  let kept = '';
  let bytes = suffix.length;
  for (const character of name) {
    bytes += encoder.encode(character).length;
    if (bytes > MAX_BYTES) break;
    kept += character;
  }
  return trimEdges(kept) + suffix;
}
