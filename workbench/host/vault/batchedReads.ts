/** Reads asked for at the same moment travel together: a vault of thousands of notes is a few dozen requests. */

const mostPerRequest = 250;
const mostAtOnce = 4;

interface Waiting<T> {
  readonly path: string;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** `readMany` answers in the order of the paths, each with a value or an error. */
export class BatchedReads<T> {
  private waiting: Waiting<T>[] = [];
  private underWay = 0;

  constructor(private readonly readMany: (paths: readonly string[]) => Promise<(T | Error)[]>) {}

  read(path: string): Promise<T> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ path, resolve, reject });
      // What is asked for in the same turn of the event loop is waiting by the time this runs.
      if (this.waiting.length === 1) queueMicrotask(() => this.send());
    });
  }

  private send(): void {
    while (this.waiting.length > 0 && this.underWay < mostAtOnce) {
      const batch = this.waiting.splice(0, mostPerRequest);
      this.underWay++;
      void this.answer(batch).finally(() => {
        this.underWay--;
        this.send();
      });
    }
  }

  private async answer(batch: readonly Waiting<T>[]): Promise<void> {
    try {
      const answers = await this.readMany(batch.map(({ path }) => path));
      for (const [index, { path, resolve, reject }] of batch.entries()) {
        const found = answers[index] ?? new Error(`"${path}" was not answered.`);
        if (found instanceof Error) reject(found);
        else resolve(found);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
