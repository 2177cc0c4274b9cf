import { foldName } from './fold';
import { lookOf } from './look';
import type { PathNode } from './model';

/** Whether a node fits every word of a search: in its title, aliases, sections, tags or the word for its state. */
export function matchesSearch(node: PathNode, query: string): boolean {
  const words = foldName(query)
    .split(' ')
    .filter((word) => word !== '');
  if (words.length === 0) return true;
  const tags = node.facts?.frontmatter['tags'];
  const text = foldName(
    [
      node.title,
      ...(node.facts?.aliases ?? []),
      ...node.places.flatMap(({ row }) => [row.section, row.title]),
      ...(Array.isArray(tags) ? tags.map(String) : []),
      lookOf(node).word,
    ].join(' '),
  );
  return words.every((word) => text.includes(word));
}
