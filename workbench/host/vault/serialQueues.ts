/** One queue per key: jobs of the same key run one after the other, in the order they came. */
export class SerialQueues {
  private readonly tails = new Map<string, Promise<unknown>>();

  /** Settles as `job` does; a job that failed does not stop the next. */
  run<T>(key: string, job: () => Promise<T>): Promise<T> {
    const before = this.tails.get(key) ?? Promise.resolve();
    const result = before.then(job, job);
    const tail = result.catch(() => undefined);
    this.tails.set(key, tail);
    void tail.then(() => {
      if (this.tails.get(key) === tail) this.tails.delete(key);
    });
    return result;
  }
}
