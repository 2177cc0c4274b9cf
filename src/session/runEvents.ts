import type { Run, RunEvent } from '../runs/contract';

function isEnd({ type }: RunEvent): boolean {
  return type === 'status' || type === 'entered' || type === 'lost';
}

/** Output waiting for its reader, in bytes; beyond it the far side is made to wait. */
const full = 1024 * 1024;
const drained = full / 4;
const mostEvents = 4096;

/**
 * The events of one run, between the session that pushes and the one reader that takes.
 *
 * `push` answers whether the writer should pause; `onDrained` is called when it may go on. A reader that leaves early
 * no longer holds anything up: all that follows is thrown away.
 */
export class RunEvents implements Run {
  /** Bytes thrown away because nobody was reading them; see `dropWhenFull`. */
  droppedBytes = 0;
  private events: RunEvent[] = [];
  private bufferedBytes = 0;
  private waiting: ((result: IteratorResult<RunEvent>) => void) | null = null;
  private ended = false;
  private abandoned = false;
  private iterated = false;
  private dropping = false;

  constructor(private readonly onDrained: () => void) {}

  push(event: RunEvent): 'go on' | 'pause' {
    if (isEnd(event)) this.ended = true;
    if (this.abandoned) return 'go on';
    if (this.waiting !== null) {
      const resolve = this.waiting;
      this.waiting = null;
      resolve({ done: false, value: event });
      return 'go on';
    }
    if (event.type === 'output') {
      if (this.dropping && this.isFull()) {
        this.droppedBytes += event.bytes.length;
        return 'go on';
      }
      this.bufferedBytes += event.bytes.length;
    }
    this.events.push(event);
    return this.isFull() && !this.dropping ? 'pause' : 'go on';
  }

  /** From now on a full buffer drops output instead of holding up the far side, so that the end can be seen. */
  dropWhenFull(): void {
    this.dropping = true;
    this.onDrained();
  }

  [Symbol.asyncIterator](): AsyncIterator<RunEvent> {
    if (this.iterated) throw new Error('A run can be iterated only once.');
    this.iterated = true;
    return {
      next: () => this.next(),
      return: () => {
        this.abandon();
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }

  private next(): Promise<IteratorResult<RunEvent>> {
    const event = this.events.shift();
    if (event !== undefined) {
      if (event.type === 'output') this.took(event.bytes.length);
      return Promise.resolve({ done: false, value: event });
    }
    if (this.ended || this.abandoned) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => {
      this.waiting = resolve;
    });
  }

  private took(length: number): void {
    this.bufferedBytes -= length;
    if (this.bufferedBytes <= drained && this.events.length <= mostEvents / 4) this.onDrained();
  }

  private abandon(): void {
    this.abandoned = true;
    this.events = [];
    this.bufferedBytes = 0;
    this.onDrained();
  }

  private isFull(): boolean {
    return this.bufferedBytes >= full || this.events.length >= mostEvents;
  }
}
