import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { bootstrapCommand, type Bootstrap } from '../../src/session/bootstrap';
import type { Run, RunEvent } from '../../src/runs/contract';
import { hex } from '../../src/session/bytes';
import { openShell, type OpenOptions } from '../../src/session/openShell';
import { commandIn, machine, type Place } from '../../src/session/place';
import type { ShellSession } from '../../src/session/shellSession';
import { connect } from '../../src/ssh/connect';
import { HostConnections } from '../../src/ssh/hostConnections';
import { nodeClock } from './nodeClock';
import { bashConfig, bashVersion } from './otherBash';
import { outcomeOf, statusOf, targetOf, unasked, type Outcome } from './shell';
import { ordinaryUserMissing, startSshd, type TestSshd } from './sshd';

export interface Started {
  readonly outcome: Promise<Outcome>;
  /** The output up to now. */
  text(): string;
}

async function* tapped(run: Run, see: (event: RunEvent) => void): AsyncGenerator<RunEvent> {
  for await (const event of run) {
    see(event);
    yield event;
  }
}

/** Short names for what nearly every test of a shell does. */
export class TestShell {
  constructor(
    readonly session: ShellSession,
    private readonly late: readonly Uint8Array[],
  ) {}

  run(source: string): Promise<Outcome> {
    return outcomeOf(this.session.run({ source }));
  }

  /** The output of a cell that must not be lost. */
  async output(source: string): Promise<string> {
    const outcome = await this.run(source);
    statusOf(outcome);
    return outcome.text;
  }

  /** The exit status of a cell that must not be lost. */
  async status(source: string): Promise<number | null> {
    return statusOf(await this.run(source)).exitStatus;
  }

  /** Starts a cell and resolves once its output holds `mark` (or, without one, once it has begun). */
  async start(source: string, mark = ''): Promise<Started> {
    let text = '';
    let reached: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const watched = tapped(this.session.run({ source }), (event) => {
      if (event.type === 'output') text += Buffer.from(event.bytes).toString('utf8');
      const over = event.type === 'status' || event.type === 'lost';
      if (over || text.includes(mark)) reached();
    });
    const outcome = outcomeOf(watched);
    await begun;
    return { outcome, text: () => text };
  }

  type(text: string): void {
    this.session.input(Buffer.from(text));
  }

  get lateText(): string {
    return Buffer.concat(this.late).toString('utf8');
  }
}

export interface TestShells {
  /** A shell of its own for one test; closed after it. */
  open(change?: ShellChange): Promise<TestShell>;
  readonly sshd: TestSshd;
}

/** Starts one SSH server for the tests of a file (or describe) and hands out shells on it. */
export function useShells(
  config: readonly string[] = [],
  { dispatch, ordinary }: Omit<Way, 'title'> = { dispatch: 'auto', ordinary: false },
): TestShells {
  let sshd: TestSshd;
  let connections: HostConnections;
  let opened: ShellSession[] = [];
  beforeAll(async () => {
    sshd = await startSshd({ config: [...config, ...bashConfig], ordinary });
    connections = new HostConnections('lab', () => connect(targetOf(sshd), nodeClock, unasked), nodeClock);
  });
  afterEach(() => {
    for (const session of opened) session.close();
    opened = [];
  });
  afterAll(async () => {
    connections.close();
    await sshd.stop();
  });
  return {
    get sshd() {
      return sshd;
    },
    async open(change) {
      const shell = await openTestShell(connections, { dispatch, ...change });
      opened.push(shell.session);
      return shell;
    },
  };
}

type ShellChange = Partial<Bootstrap> &
  Pick<OpenOptions, 'onSlow' | 'readyTimeoutMs'> & { readonly place?: Place };

/** A shell over connections to any server. */
export async function openTestShell(
  connections: HostConnections,
  { place = machine, onSlow, readyTimeoutMs, ...settings }: ShellChange = {},
): Promise<TestShell> {
  const bootstrap = { key: hex(randomBytes(16)), profile: 'none', ...settings } as const;
  const channel = await connections.openTerminal(bootstrapCommand(place), { columns: 80, rows: 24 });
  const late: Uint8Array[] = [];
  const session = await openShell(channel, bootstrap, {
    clock: nodeClock,
    host: 'lab',
    place,
    ...(onSlow ? { onSlow } : {}),
    ...(readyTimeoutMs === undefined ? {} : { readyTimeoutMs }),
    randomBytes: (count) => randomBytes(count),
    control: (script) => connections.control(commandIn(place, script, false)),
    peek: (script) => connections.peek(commandIn(place, script, false)),
    openPipes: (script) => connections.openPipes(commandIn(place, script, false)),
    onLateOutput: (bytes) => late.push(bytes),
  });
  return new TestShell(session, late);
}

export interface Way {
  /** How a cell reaches bash's parser; `typed` is the way of bash before 5.1. */
  readonly dispatch: 'auto' | 'prompt' | 'typed';
  /** Whether cells run as an ordinary user although root runs the tests. */
  readonly ordinary: boolean;
  readonly title: string;
}

const dispatches = bashVersion() >= 5.1 ? (['prompt', 'typed'] as const) : (['typed'] as const);

/** What every case is tried as. Where root runs the tests, that is both root and an ordinary user. */
export const ways: readonly Way[] = dispatches.map((dispatch) => {
  const ordinary = dispatch === 'typed' && ordinaryUserMissing() === null;
  const user = ordinary || process.getuid?.() !== 0 ? 'an ordinary user' : 'root';
  return { dispatch, ordinary, title: `dispatch ${dispatch}, as ${user}` };
});
