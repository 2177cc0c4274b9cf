/** Who has to look again when a key changes hands. */
export class Watchers {
  private readonly byKey = new Map<string, Set<string>>();
  private readonly keys = new Map<string, ReadonlySet<string>>();

  of(key: string): Iterable<string> {
    return this.byKey.get(key) ?? [];
  }

  /** Replaces what `watcher` watches. */
  watch(watcher: string, keys: Iterable<string>): void {
    const after = new Set(keys);
    const before = this.keys.get(watcher) ?? new Set<string>();
    for (const key of before) {
      if (after.has(key)) continue;
      const watching = this.byKey.get(key);
      watching?.delete(watcher);
      if (watching?.size === 0) this.byKey.delete(key);
    }
    for (const key of after) {
      if (before.has(key)) continue;
      const watching = this.byKey.get(key);
      if (watching) watching.add(watcher);
      else this.byKey.set(key, new Set([watcher]));
    }
    if (after.size === 0) this.keys.delete(watcher);
    else this.keys.set(watcher, after);
  }
}
