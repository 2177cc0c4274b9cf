import type { Problem } from '../../src/base/problem';
import type {
  Run,
  RunEvent,
  RunRequest,
  Session,
  SessionAddress,
  SessionProvider,
} from '../../src/runs/contract';

const WHERE = { user: 'root', host: 'lab', cwd: '/root', netns: null };

/** A run under the test's control: what it emits, the runner sees. */
export class FakeRun {
  private readonly events: RunEvent[] = [{ type: 'started' }];
  private wake: () => void = () => undefined;
  private over = false;

  constructor(
    readonly address: SessionAddress,
    readonly request: RunRequest,
  ) {}

  print(text: string): void {
    this.emit({ type: 'output', stream: 'terminal', bytes: new TextEncoder().encode(text) });
  }

  exit(exitStatus: number | null, signal: string | null = null): void {
    this.emit({ type: 'status', exitStatus, signal, durationMs: 7, where: WHERE, shell: 'kept' });
  }

  emit(event: RunEvent): void {
    this.events.push(event);
    if (['status', 'entered', 'lost'].includes(event.type)) this.over = true;
    this.wake();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<RunEvent> {
    for (;;) {
      const event = this.events.shift();
      if (event) yield event;
      else if (this.over) return;
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}

/** Sessions whose runs the test ends by hand, or by `script`, which is asked for each source. */
export class FakeSessions implements SessionProvider {
  readonly runs: FakeRun[] = [];
  readonly opened: SessionAddress[] = [];
  readonly calls: string[] = [];
  script: ((run: FakeRun) => void) | null = null;
  failure: Error | null = null;
  /** Sessions take until then to open, and say why. */
  slow: { readonly why: Problem; readonly open: Promise<void> } | null = null;

  async open(address: SessionAddress, onSlow?: (why: Problem) => void): Promise<Session> {
    this.opened.push(address);
    if (this.failure) throw this.failure;
    if (this.slow) {
      onSlow?.(this.slow.why);
      await this.slow.open;
    }
    return this.session(address);
  }

  close(note: string): void {
    this.calls.push(`close ${note}`);
    for (const run of this.runs) run.emit({ type: 'lost', problem: { what: 'Closed.', why: '', next: '' } });
  }

  rename(from: string, to: string): void {
    this.calls.push(`rename ${from} ${to}`);
  }

  get last(): FakeRun {
    const run = this.runs.at(-1);
    if (!run) throw new Error('Nothing runs.');
    return run;
  }

  private session(address: SessionAddress): Session {
    let current: FakeRun | null = null;
    return {
      run: (request): Run => {
        const run = new FakeRun(address, request);
        current = run;
        this.runs.push(run);
        this.script?.(run);
        return run;
      },
      input: (bytes) => this.calls.push(`input ${new TextDecoder().decode(bytes)}`),
      interrupt: () => {
        this.calls.push('interrupt');
        current?.exit(130, 'INT');
        return Promise.resolve();
      },
      enter: async (onSlow) => {
        this.calls.push('enter');
        const { slow } = this;
        if (slow !== null) {
          onSlow?.(slow.why);
          await slow.open;
        }
        current?.emit({ type: 'entered', where: WHERE });
      },
      resize: (columns, rows) => this.calls.push(`resize ${columns} ${rows}`),
      close: () => undefined,
      alive: true,
    };
  }
}

/** Lets everything that is due happen. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
