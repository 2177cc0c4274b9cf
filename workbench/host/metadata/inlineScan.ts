/** Links, embeds and tags of a note, with their places. Code, comments and frontmatter hold none. */
import type * as O from 'obsidian';
import type { Positions } from './positions';

export interface InlineCaches {
  readonly links: O.LinkCache[];
  readonly embeds: O.EmbedCache[];
  readonly tags: O.TagCache[];
}

const wikilink = /(!?)\[\[([^[\]|\n]*)(?:\|([^[\]\n]*))?\]\]/g;
const markdownLink = /(!?)\[([^[\]\n]*)\]\((?:<([^<>\n]+)>|([^()\s]+))(?:\s+"[^"\n]*")?\)/g;
const tag = /(^|[\s>(])(#[\p{L}\p{N}_/-]*[\p{L}_/-][\p{L}\p{N}_/-]*)/gu;

/** `prose` is the note's text with everything that is not prose blanked out, character for character. */
export function scanInline(prose: string, positions: Positions): InlineCaches {
  const links: O.LinkCache[] = [];
  const embeds: O.EmbedCache[] = [];
  const add = (match: RegExpMatchArray, link: string, displayText: string) => {
    const from = match.index ?? 0;
    const cache: O.LinkCache = {
      link,
      original: match[0],
      displayText,
      position: positions.range(from, from + match[0].length),
    };
    (match[1] === '!' ? embeds : links).push(cache);
  };
  for (const match of prose.matchAll(wikilink)) {
    const link = (match[2] ?? '').trim();
    if (link !== '') add(match, link, match[3]?.trim() ?? link.replace(/^#/, '').replaceAll('#', ' > '));
  }
  for (const match of prose.matchAll(markdownLink)) {
    const target = decodeLink(match[3] ?? match[4] ?? '');
    if (!/^[a-z][a-z0-9+.-]*:/i.test(target)) add(match, target, match[2] ?? '');
  }
  const inOrder = (left: O.CacheItem, right: O.CacheItem) =>
    left.position.start.offset - right.position.start.offset;
  return { links: links.sort(inOrder), embeds: embeds.sort(inOrder), tags: scanTags(prose, positions) };
}

function scanTags(prose: string, positions: Positions): O.TagCache[] {
  return [...prose.matchAll(tag)].map((match) => {
    const name = match[2] ?? '';
    const from = (match.index ?? 0) + (match[1] ?? '').length;
    return { tag: name, position: positions.range(from, from + name.length) };
  });
}

function decodeLink(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

/** The same text with the ranges, and inline code and comments, replaced by spaces; newlines stay. */
export function blankOut(text: string, ranges: readonly (readonly [number, number])[]): string {
  let prose = text;
  for (const [from, to] of ranges)
    prose = prose.slice(0, from) + blanks(prose.slice(from, to)) + prose.slice(to);
  return prose
    .replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, (code) => (code.includes('\n\n') ? code : blanks(code)))
    .replace(/%%[\s\S]*?%%/g, blanks);
}

function blanks(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
