/** One event with many listeners. A listener added twice is called twice. */
export class Emitter<T> {
  private readonly listeners = new Set<{ readonly call: (value: T) => void }>();

  /** Gives the function that ends the subscription. */
  on(call: (value: T) => void): () => void {
    const listener = { call };
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  emit(value: T): void {
    for (const listener of [...this.listeners]) listener.call(value);
  }
}
