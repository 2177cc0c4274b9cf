import type { PathMoc, PathNode, Progress } from './model';
import { isUnresolved } from './nodes';
import { isLearnable, isWritten } from './state';

/** Progress over all MOCs, kept by adding and taking away what changes, so that no change has to count anew. */
export class Tally {
  private items = 0;
  private steps = 0;
  private tracks = 0;
  private marker = 0;
  private heading = 0;
  private unresolved = 0;
  private total = 0;
  private written = 0;
  private completed = 0;
  private inProgress = 0;
  private skipped = 0;

  replaceMoc(before: PathMoc | undefined, after: PathMoc | undefined): void {
    for (const [moc, sign] of signed(before, after)) {
      const { progress } = moc;
      this.items += sign * progress.items;
      this.steps += sign * progress.steps;
      this.tracks += sign * progress.tracks;
      this.marker += sign * progress.planned.marker;
      this.heading += sign * progress.planned.heading;
    }
  }

  replaceNode(before: PathNode | undefined, after: PathNode | undefined): void {
    for (const [node, sign] of signed(before, after)) {
      // A MOC that no row names is no thing to count.
      if (node.places.length === 0) continue;
      if (isUnresolved(node)) this.unresolved += sign;
      if (!isLearnable(node)) continue;
      this.total += sign;
      if (isWritten(node)) this.written += sign;
      if (node.learner === 'completed') this.completed += sign;
      if (node.learner === 'in-progress') this.inProgress += sign;
      if (node.learner === 'skipped') this.skipped += sign;
    }
  }

  get progress(): Progress {
    const { items, steps, tracks, marker, heading, unresolved, total, written, completed } = this;
    return {
      items,
      steps,
      tracks,
      planned: { marker, heading },
      unresolved,
      total,
      written,
      completed,
      inProgress: this.inProgress,
      skipped: this.skipped,
      percent: total === 0 ? 0 : Math.floor((completed * 100) / total),
    };
  }
}

function signed<T>(before: T | undefined, after: T | undefined): (readonly [T, 1 | -1])[] {
  return [
    ...(before === undefined ? [] : [[before, -1] as const]),
    ...(after === undefined ? [] : [[after, 1] as const]),
  ];
}
