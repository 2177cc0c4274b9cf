export type Direction = 'left' | 'right' | 'up' | 'down';

interface PlacedThing {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

/** The nearest thing in a direction; what lies straight ahead is preferred to what is nearer but aside. */
export function nearestIn<T extends PlacedThing>(
  direction: Direction,
  from: PlacedThing,
  things: readonly T[],
): T | null {
  const horizontal = direction === 'left' || direction === 'right';
  const sign = direction === 'right' || direction === 'down' ? 1 : -1;
  let best: T | null = null;
  let bestCost = Infinity;
  for (const thing of things) {
    const dx = thing.x - from.x;
    const dy = thing.y - from.y;
    const ahead = (horizontal ? dx : dy) * sign;
    const aside = Math.abs(horizontal ? dy : dx);
    if (ahead <= 0) continue;
    const cost = ahead + 3 * aside;
    if (cost < bestCost) {
      best = thing;
      bestCost = cost;
    }
  }
  return best;
}
