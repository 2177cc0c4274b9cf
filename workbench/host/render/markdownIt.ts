/** Markdown as the Reading view shows it: CommonMark with tables, strikethrough, wikilinks, highlights and tasks; HTML off. */
import MarkdownIt, { type StateInline, type Token } from 'markdown-it';

/** Obsidian breaks lines where the note does, unless "Strict line breaks" is on. */
const markdown = new MarkdownIt({ html: false, breaks: true, linkify: false });
markdown.inline.ruler.before('link', 'wikilink', wikilink);
markdown.inline.ruler.before('emphasis', 'highlight', highlight);
markdown.inline.ruler.before('text', 'comment', comment);
markdown.renderer.rules.wikilink = (tokens, index) => renderWikilink(tokens[index]);
markdown.renderer.rules.fence = (tokens, index) => renderFence(tokens[index]);
// Block ids (`^id`) are for links only.
markdown.core.ruler.push('block_ids', (state) => {
  for (const token of state.tokens) {
    const last = token.children?.at(-1);
    if (last?.type === 'text') last.content = last.content.replace(/(^|\s)\^[A-Za-z0-9-]+$/, '');
  }
});

/** Every block of the text, with the lines it spans in `map`. */
export function blockTokens(text: string): Token[] {
  return markdown.parse(text, {});
}

/** HTML made of the tokens; attributes come from us alone, because HTML in notes is not passed through. */
export function renderTokens(tokens: Token[]): string {
  return markdown.renderer.render(tokens, markdown.options, {});
}

/** `[[target|shown]]` and `![[target]]`. */
function wikilink(state: StateInline, silent: boolean): boolean {
  const match = /^(!?)\[\[([^[\]|\n]+)(?:\|([^[\]\n]*))?\]\]/.exec(state.src.slice(state.pos));
  if (match === null) return false;
  if (!silent) {
    const token = state.push('wikilink', 'a', 0);
    const target = (match[2] ?? '').trim();
    token.meta = { embed: match[1] === '!', target, shown: match[3]?.trim() };
  }
  state.pos += match[0].length;
  return true;
}

function renderWikilink(token: Token | undefined): string {
  const { embed, target, shown } = (token?.meta ?? {}) as { embed: boolean; target: string; shown?: string };
  const escape = markdown.utils.escapeHtml;
  if (embed)
    return `<span class="internal-embed" src="${escape(target)}" alt="${escape(shown ?? target)}"></span>`;
  const text = shown ?? target.replace(/^#/, '').replaceAll('#', ' > ');
  return `<a class="internal-link" data-href="${escape(target)}" href="${escape(target)}" target="_blank" rel="noopener nofollow">${escape(text)}</a>`;
}

/** `==text==` */
function highlight(state: StateInline, silent: boolean): boolean {
  const match = /^==([^=\n]+)==/.exec(state.src.slice(state.pos));
  if (match === null) return false;
  if (!silent) {
    state.push('mark_open', 'mark', 1);
    state.push('text', '', 0).content = match[1] ?? '';
    state.push('mark_close', 'mark', -1);
  }
  state.pos += match[0].length;
  return true;
}

/** `%%not shown%%` */
function comment(state: StateInline, silent: boolean): boolean {
  const match = /^%%[^%]*%%/.exec(state.src.slice(state.pos));
  if (match === null) return false;
  if (!silent) state.push('text', '', 0).content = '';
  state.pos += match[0].length;
  return true;
}

/** `pre > code.language-x`, the class being the first word of the info string, as the app's renderer makes it. */
function renderFence(token: Token | undefined): string {
  const escape = markdown.utils.escapeHtml;
  const language = /^[^\s{`]*/.exec(token?.info.trim() ?? '')?.[0] ?? '';
  const name = language === '' ? '' : ` class="language-${escape(language)}"`;
  return `<pre${name}><code${name}>${escape(token?.content ?? '')}</code></pre>\n`;
}
