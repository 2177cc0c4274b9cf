/** Runs `work` for every value, at most `limit` at a time; rejects with the first error. */
export async function eachAtMost<T>(
  limit: number,
  values: readonly T[],
  work: (value: T) => Promise<void>,
): Promise<void> {
  // All workers draw from the one iterator, which gives each value once.
  const queue = values.values();
  const worker = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: Math.min(limit, values.length) }, worker));
}
