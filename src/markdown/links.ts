/** A link in a line of Markdown: `[[target#subpath|display]]`, `![[embed]]` or `[display](target.md#subpath)`. */
export interface NoteLink {
  /** The linkpath: no subpath, no display text; percent-decoded for Markdown links. */
  readonly target: string;
  /** Heading or block reference without its `#`, or null. */
  readonly subpath: string | null;
  readonly display: string | null;
  readonly embed: boolean;
  /** 0-based UTF-16 columns of the whole link in the line, end exclusive. */
  readonly from: number;
  readonly to: number;
}

const WIKILINK = /(!?)\[\[([^[\]|#]*)(?:#([^[\]|]*))?(?:\\?\|([^[\]]*))?\]\]/g;
const MARKDOWN_LINK = /(!?)\[([^[\]]*)\]\((?:<([^<>]*)>|([^\s()]*))(?:\s+"[^"]*")?\)/g;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/** All links to notes in one line, in order; web links are left out. The caller has removed code already. */
export function findLinks(line: string): NoteLink[] {
  const links: NoteLink[] = [];
  if (!line.includes('](') && !line.includes('[[')) return links;
  for (const match of line.matchAll(WIKILINK)) {
    links.push({
      target: (match[2] ?? '').replace(/\\$/, '').trim(),
      subpath: match[3]?.trim() ?? null,
      display: match[4]?.trim() ?? null,
      embed: match[1] === '!',
      from: match.index,
      to: match.index + match[0].length,
    });
  }
  for (const match of line.matchAll(MARKDOWN_LINK)) {
    const href = match[3] ?? match[4] ?? '';
    if (href === '' || SCHEME.test(href)) continue;
    // Split before decoding: an encoded %23 belongs to the name.
    const [path = '', subpath] = href.split('#', 2);
    links.push({
      target: decode(path).replace(/\.md$/i, ''),
      subpath: subpath === undefined ? null : decode(subpath),
      display: match[2] ?? null,
      embed: match[1] === '!',
      from: match.index,
      to: match.index + match[0].length,
    });
  }
  return links.sort((a, b) => a.from - b.from);
}

/** The files Obsidian itself opens, and office files. A note may well be called "Node.js" or "resolv.conf". */
const ATTACHMENT =
  /\.(?:3gp|avif|base|bmp|canvas|docx?|flac|gif|jpe?g|m4a|m[ko]v|mp[34]|og[gv]|pdf|png|pptx?|svg|wav|web[mp]|xlsx?|zip)$/i;

/** Whether a link leads to a note: not to a heading of its own note, not to a picture or another attachment. */
export function leadsToNote({ target }: NoteLink): boolean {
  return target !== '' && !ATTACHMENT.test(target);
}

/** The name a linkpath ends in, without folders and `.md`. */
export function linkName(target: string): string {
  return (target.split('/').at(-1) ?? target).replace(/\.md$/i, '');
}

/** The link in a frontmatter value such as `"[[Note|name]]"`; a bare name counts as its own target. */
export function parseLinkText(text: string): string {
  return findLinks(text)[0]?.target ?? text.trim();
}

/** A line with its inline code (CommonMark §6.1) blanked out, same length, so that columns still fit. */
export function blankInlineCode(line: string): string {
  if (!line.includes('`')) return line;
  const runs = [...line.matchAll(/`+/g)].map(({ index, 0: run }) => ({
    from: index,
    to: index + run.length,
  }));
  const closing = nextOfSameLength(runs);
  let blanked = '';
  let done = 0;
  for (const [i, { from }] of runs.entries()) {
    const close = closing[i];
    if (from < done || !close) continue;
    blanked += line.slice(done, from) + ' '.repeat(close.to - from);
    done = close.to;
  }
  return blanked + line.slice(done);
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** For each run of backticks the next one as long, which closes it. */
function nextOfSameLength(runs: readonly Span[]): (Span | undefined)[] {
  const next: (Span | undefined)[] = [];
  const nearest = new Map<number, Span>();
  for (const [i, run] of [...runs.entries()].reverse()) {
    next[i] = nearest.get(run.to - run.from);
    nearest.set(run.to - run.from, run);
  }
  return next;
}

function decode(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}
