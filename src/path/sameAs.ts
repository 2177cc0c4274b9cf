import { foldName } from './fold';
import type { PathNode } from './model';

const PREFIX = /^(?:debug|lab)\s+[-–—]\s+/i;

/**
 * Titles that differ only in a `DEBUG - ` or `Lab - ` in front may mean one thing. That is a guess to be confirmed:
 * an alias in the note makes them one.
 */
export class SameAs {
  private readonly byStem = new Map<string, Map<string, PathNode>>();

  replace(before: PathNode | undefined, after: PathNode | undefined): void {
    if (before) {
      const stem = stemOf(before.title);
      const group = this.byStem.get(stem);
      group?.delete(before.id);
      if (group?.size === 0) this.byStem.delete(stem);
    }
    if (after && after.kind !== 'map') {
      const stem = stemOf(after.title);
      const group = this.byStem.get(stem) ?? new Map<string, PathNode>();
      group.set(after.id, after);
      this.byStem.set(stem, group);
    }
  }

  of(node: PathNode): PathNode[] {
    const group = this.byStem.get(stemOf(node.title));
    if (!group || group.size < 2) return [];
    const own = foldName(node.title);
    // Two notes stay two, whatever they are called.
    const canBecomeOne = (other: PathNode) => node.note === null || other.note === null;
    return [...group.values()]
      .filter((other) => other.id !== node.id && foldName(other.title) !== own && canBecomeOne(other))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}

function stemOf(title: string): string {
  return foldName(title.replace(PREFIX, ''));
}
