/** A note cut into the sections that the Reading view renders, keeps and replaces one by one. */
import type { Token } from 'markdown-it';
import { getFrontMatterInfo } from '../metadata/frontmatter';
import { blankedHead } from '../metadata/parse';
import { blockTokens, renderTokens } from './markdownIt';

export interface Section {
  /** The section's own text; a section is drawn again only when it changes. */
  readonly source: string;
  /** First and last line in the note, counted from 0. */
  readonly lineStart: number;
  readonly lineEnd: number;
  /** Class of its element: `el-p`, `el-h2`, `el-pre` … */
  readonly cls: string;
  readonly html: string;
}

export function cutIntoSections(text: string): Section[] {
  const tokens = blockTokens(blankedHead(text, getFrontMatterInfo(text)));
  const lines = text.split('\n');
  return groups(tokens).map((group) => {
    const [start, end] = group[0]?.map ?? [0, 0];
    let last = Math.min(end, lines.length) - 1;
    while (last > start && (lines[last] ?? '').trim() === '') last--;
    const tag =
      group[0]?.type === 'fence' || group[0]?.type === 'code_block' ? 'pre' : (group[0]?.tag ?? 'p');
    return {
      source: lines.slice(start, last + 1).join('\n'),
      lineStart: start,
      lineEnd: last,
      cls: `el-${tag}`,
      html: renderTokens(group),
    };
  });
}

/** Tokens of one top-level block each. */
function groups(tokens: readonly Token[]): Token[][] {
  const found: Token[][] = [];
  for (const token of tokens) {
    const opensBlock = token.level === 0 && token.nesting >= 0;
    if (opensBlock) found.push([token]);
    else found.at(-1)?.push(token);
  }
  return found;
}
