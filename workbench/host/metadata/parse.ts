/** A note's text as Obsidian's metadata cache describes it (obsidian.d.ts "interface CachedMetadata"). */
import type { Token } from 'markdown-it';
import type * as O from 'obsidian';
import { blockTokens } from '../render/markdownIt';
import { eachText, getFrontMatterInfo, parseFrontmatter } from './frontmatter';
import { blankOut, scanInline } from './inlineScan';
import { Positions } from './positions';

/** As in the app, what a note has none of is absent rather than an empty list. */
export function parseMetadata(text: string): O.CachedMetadata {
  const positions = new Positions(text);
  const info = getFrontMatterInfo(text);
  const tokens = blockTokens(blankedHead(text, info));
  const sections = sectionsOf(tokens, positions);
  const codeRanges = tokens
    .filter((token) => token.type === 'fence' || token.type === 'code_block')
    .map(
      (token) => [positions.startOf(token.map?.[0] ?? 0), positions.startOf(token.map?.[1] ?? 0)] as const,
    );
  const { links, embeds, tags } = scanInline(
    blankOut(text, [[0, info.contentStart], ...codeRanges]),
    positions,
  );
  const cache: O.CachedMetadata = {};
  const frontmatter = parseFrontmatter(text);
  if (info.exists) {
    const position = positions.range(0, text.slice(0, info.contentStart).trimEnd().length);
    cache.frontmatterPosition = position;
    sections.unshift({ type: 'yaml', position });
  }
  if (frontmatter !== null) {
    cache.frontmatter = frontmatter;
    const frontmatterLinks = linksOfFrontmatter(frontmatter);
    if (frontmatterLinks.length > 0) cache.frontmatterLinks = frontmatterLinks;
  }
  const headings = headingsOf(tokens, positions);
  const listItems = listItemsOf(tokens, positions);
  const blocks = blocksOf(sections, text);
  if (headings.length > 0) cache.headings = headings;
  if (sections.length > 0) cache.sections = sections;
  if (listItems.length > 0) cache.listItems = listItems;
  if (links.length > 0) cache.links = links;
  if (embeds.length > 0) cache.embeds = embeds;
  if (tags.length > 0) cache.tags = tags;
  if (Object.keys(blocks).length > 0) cache.blocks = blocks;
  return cache;
}

/** The frontmatter as blank lines, so that line numbers stay. */
export function blankedHead(text: string, info: O.FrontMatterInfo): string {
  if (!info.exists) return text;
  return text.slice(0, info.contentStart).replace(/[^\n]/g, '') + text.slice(info.contentStart);
}

function sectionsOf(tokens: readonly Token[], positions: Positions): O.SectionCache[] {
  return tokens
    .filter((token) => token.level === 0 && token.map !== null && token.nesting >= 0)
    .map((token) => {
      const [start, end] = token.map ?? [0, 0];
      const position = positions.lines(start, end);
      const source = positions.text.slice(position.start.offset, position.end.offset);
      return { type: sectionType(token, source), position };
    });
}

const sectionTypes: Readonly<Record<string, string>> = {
  heading_open: 'heading',
  paragraph_open: 'paragraph',
  bullet_list_open: 'list',
  ordered_list_open: 'list',
  fence: 'code',
  code_block: 'code',
  hr: 'thematicBreak',
  table_open: 'table',
};

function sectionType(token: Token, source: string): string {
  if (token.type === 'blockquote_open') return /^\s*>\s*\[!/.test(source) ? 'callout' : 'blockquote';
  return sectionTypes[token.type] ?? 'paragraph';
}

function headingsOf(tokens: readonly Token[], positions: Positions): O.HeadingCache[] {
  return tokens.flatMap((token, index) => {
    if (token.type !== 'heading_open' || token.map === null) return [];
    const heading = tokens[index + 1]?.content ?? '';
    return [{ heading, level: Number(token.tag.slice(1)), position: positions.lines(...token.map) }];
  });
}

/** `parent` is the line of the parent item; for items of the top level, minus the line the list starts on. */
function listItemsOf(tokens: readonly Token[], positions: Positions): O.ListItemCache[] {
  const items: O.ListItemCache[] = [];
  const openItems: number[] = [];
  const listStarts: number[] = [];
  for (const token of tokens) {
    if (/^(bullet|ordered)_list_open$/.test(token.type)) listStarts.push(token.map?.[0] ?? 0);
    if (/^(bullet|ordered)_list_close$/.test(token.type)) listStarts.pop();
    if (token.type === 'list_item_close') openItems.pop();
    if (token.type !== 'list_item_open' || token.map === null) continue;
    const [start, end] = token.map;
    const position = positions.lines(start, end);
    const line = positions.text.slice(positions.startOf(start), positions.endOf(start));
    const marker = /^\s*(?:>\s*)*(?:[-*+]|\d+[.)])\s+/.exec(line);
    const task = /^\[(.)\]\s/.exec(line.slice(marker?.[0].length ?? 0))?.[1];
    const id = /\s\^([A-Za-z0-9-]+)\s*$/.exec(line)?.[1];
    items.push({
      position,
      parent: openItems.at(-1) ?? -Math.max(1, listStarts[0] ?? 0),
      ...(task === undefined ? {} : { task }),
      ...(id === undefined ? {} : { id }),
    });
    openItems.push(start);
  }
  return items;
}

function linksOfFrontmatter(frontmatter: Record<string, unknown>): O.FrontmatterLinkCache[] {
  const found: O.FrontmatterLinkCache[] = [];
  eachText(frontmatter, (key, text) => {
    const match = /^\[\[([^[\]|]+)(?:\|([^[\]]*))?\]\]$/.exec(text.trim());
    if (match === null) return;
    const link = match[1] ?? '';
    found.push({ key, link, original: text, displayText: match[2] ?? link });
  });
  return found;
}

/** Blocks marked with `^id` at the end of a section. */
function blocksOf(sections: readonly O.SectionCache[], text: string): Record<string, O.BlockCache> {
  const blocks: Record<string, O.BlockCache> = {};
  for (const section of sections) {
    const source = text.slice(section.position.start.offset, section.position.end.offset);
    const id = /(?:^|\s)\^([A-Za-z0-9-]+)$/.exec(source)?.[1];
    if (id !== undefined && section.type !== 'code') blocks[id] = { id, position: section.position };
  }
  return blocks;
}
