/** Small readers of metadata that obsidian.d.ts exports as functions. */
import type * as O from 'obsidian';
import { stripHeading } from '../base/paths';
import { parseFrontMatterTags } from './frontmatter';

/** Tags of the text and of the frontmatter; null when there is none. */
export function getAllTags(cache: O.CachedMetadata): string[] | null {
  const tags = [
    ...(parseFrontMatterTags(cache.frontmatter) ?? []),
    ...(cache.tags ?? []).map(({ tag }) => tag),
  ];
  return tags.length === 0 ? null : tags;
}

/** Stops, and returns true, when `visit` returns true. */
export function iterateRefs(refs: O.Reference[], visit: (ref: O.Reference) => boolean | void): boolean {
  return refs.some((ref) => visit(ref) === true);
}

/** `#Heading`, `#Heading#Sub` or `#^block` of a note. */
export function resolveSubpath(
  cache: O.CachedMetadata,
  subpath: string,
): O.HeadingSubpathResult | O.BlockSubpathResult | O.FootnoteSubpathResult | null {
  const wanted = subpath.replace(/^#/, '');
  if (wanted.startsWith('^')) {
    const block = cache.blocks?.[wanted.slice(1)];
    if (block === undefined) return null;
    return { type: 'block', block, start: block.position.start, end: block.position.end };
  }
  const headings = cache.headings ?? [];
  const name = stripHeading(wanted.split('#').at(-1) ?? '').toLowerCase();
  const index = headings.findIndex(({ heading }) => stripHeading(heading).toLowerCase() === name);
  const current = headings[index];
  if (current === undefined) return null;
  const next = headings.slice(index + 1).find(({ level }) => level <= current.level);
  return {
    type: 'heading',
    current,
    // The type says there is always a next heading; at the end of a note there is none.
    next: next as O.HeadingCache,
    start: current.position.start,
    end: next?.position.start ?? null,
  };
}
