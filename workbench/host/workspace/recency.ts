/** Things by the time they were last used. */
export class Recency<T> {
  private readonly items: T[] = [];

  use(item: T): void {
    this.forget(item);
    this.items.unshift(item);
  }

  forget(item: T): void {
    const index = this.items.indexOf(item);
    if (index >= 0) this.items.splice(index, 1);
  }

  /** `all` with what was used last first; what was never used comes at the end, in its own order. */
  order(all: readonly T[]): T[] {
    const used = this.items.filter((item) => all.includes(item));
    return [...used, ...all.filter((item) => !used.includes(item))];
  }

  latest(count: number): T[] {
    return this.items.slice(0, count);
  }
}
