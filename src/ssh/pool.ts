import { problem, ProblemError, type Problem } from '../base/problem';
import type { Session, SessionAddress, SessionProvider } from '../runs/contract';
import { isContainerName, isNetnsName } from '../base/placeNames';
import { bootstrapCommand, type Profile } from '../session/bootstrap';
import { hex } from '../session/bytes';
import type { Clock } from '../session/clock';
import { openShell } from '../session/openShell';
import { commandIn, machine, type Place } from '../session/place';
import { connect } from './connect';
import type { HostConnection, TerminalSize } from './hostConnection';
import { HostConnections } from './hostConnections';
import type { HostTarget } from './target';
import { nodeCrypto } from './node';
import type { Prompts } from './prompts';
import { connectBySystem } from './systemSsh';

export interface SessionPoolOptions {
  readonly clock: Clock;
  /** Whom a host's name means; rejects with a ProblemError. Asked whenever a session is opened. */
  readonly resolveHost: (name: string) => Promise<HostTarget>;
  readonly prompts: Prompts;
  /** `login` when absent. */
  readonly profile?: Profile;
  /** Milliseconds a shell may take until it is ready; as `openShell` has it when absent. */
  readonly readyTimeoutMs?: number;
  /** 100 × 30 when absent. */
  readonly terminalSize?: TerminalSize;
  /** Output of background jobs that came while no cell of the session ran. */
  readonly onLateOutput?: (address: SessionAddress, bytes: Uint8Array) => void;
  /** A session ended, for whatever reason. */
  readonly onSessionEnd?: (address: SessionAddress) => void;
}

interface Entry {
  /** Changes when the note is renamed. */
  address: SessionAddress;
  readonly opening: Promise<Session>;
  session: Session | null;
  /** The terminal in which the shell is being opened. */
  channel: { close(): void } | null;
  /** Who wants to know why opening takes long, and what there is to know. */
  readonly waiting: ((why: Problem) => void)[];
  slow: Problem | null;
  closed: boolean;
}

const defaultSize: TerminalSize = { columns: 100, rows: 30 };

/**
 * The sessions of an app: one shell per address, opened on first use, all those of a host over one connection (more
 * when the server allows only few sessions on one). A session that ended is opened afresh by the next `open`; nothing is
 * ever re-run.
 */
export class SessionPool implements SessionProvider {
  private entries: Entry[] = [];
  private readonly hosts = new Map<string, HostConnections>();

  constructor(private readonly options: SessionPoolOptions) {}

  open(address: SessionAddress, onSlow: (why: Problem) => void = () => undefined): Promise<Session> {
    const known = this.entries.find((entry) => sameAddress(entry.address, address));
    if (known !== undefined && known.session?.alive !== false) {
      known.waiting.push(onSlow);
      if (known.session === null && known.slow !== null) onSlow(known.slow);
      return known.opening;
    }
    if (known !== undefined) this.forget(known);
    const entry: Entry = {
      address,
      opening: Promise.resolve().then(() => this.openEntry(entry)),
      session: null,
      channel: null,
      waiting: [onSlow],
      slow: null,
      closed: false,
    };
    this.entries.push(entry);
    return entry.opening;
  }

  close(note: string): void {
    for (const entry of this.entries.filter(({ address }) => address.note === note)) this.end(entry);
  }

  /** Ends all sessions and connections. */
  closeAll(): void {
    for (const entry of [...this.entries]) this.end(entry);
    for (const connections of this.hosts.values()) connections.close();
    this.hosts.clear();
  }

  /** A note has another path now; its sessions stay as they are. */
  rename(oldNote: string, newNote: string): void {
    if (oldNote === newNote) return;
    const moved = this.entries.filter(({ address }) => address.note === oldNote);
    if (moved.length > 0) this.close(newNote);
    for (const entry of moved) entry.address = { ...entry.address, note: newNote };
  }

  private async openEntry(entry: Entry): Promise<Session> {
    try {
      const session = await this.openSession(entry);
      entry.session = session;
      entry.waiting.length = 0;
      if (!entry.closed) return session;
      session.close();
      throw new ProblemError(problem('The session was closed while it was being opened.'));
    } catch (error) {
      this.forget(entry);
      throw error;
    }
  }

  private async openSession(entry: Entry): Promise<Session> {
    const { clock, profile = 'login', terminalSize = defaultSize, readyTimeoutMs } = this.options;
    const { host } = entry.address;
    const place = placeOf(entry.address);
    const target = await this.options.resolveHost(host);
    const { randomBytes } = await nodeCrypto();
    const connections = this.connectionsTo(target);
    const key = hex(randomBytes(16));
    const channel = await connections.openTerminal(bootstrapCommand(place), terminalSize);
    entry.channel = channel;
    return openShell(
      channel,
      { key, profile },
      {
        ...(readyTimeoutMs === undefined ? {} : { readyTimeoutMs }),
        clock,
        host,
        place,
        onSlow: (why) => {
          entry.slow = why;
          for (const tell of entry.waiting) tell(why);
        },
        randomBytes: (count) => randomBytes(count),
        control: (script) => connections.control(commandIn(place, script, false)),
        peek: (script) => connections.peek(commandIn(place, script, false)),
        openPipes: (script) => connections.openPipes(commandIn(place, script, false)),
        onLateOutput: (bytes) => this.options.onLateOutput?.(entry.address, bytes),
        onEnd: () => {
          this.forget(entry);
          this.options.onSessionEnd?.(entry.address);
        },
      },
    );
  }

  /** A host whose target changed (the lab machine came up anew) gets new connections. */
  private connectionsTo(target: HostTarget): HostConnections {
    const identity = JSON.stringify(target);
    const known = this.hosts.get(identity);
    if (known !== undefined) return known;
    const { clock } = this.options;
    const made = new HostConnections(target.name, () => this.connectTo(target), clock);
    this.hosts.set(identity, made);
    return made;
  }

  private connectTo(target: HostTarget): Promise<HostConnection> {
    const { clock, prompts } = this.options;
    const { bySystem } = target;
    return bySystem === undefined
      ? connect(target, clock, prompts)
      : connectBySystem(target, bySystem, clock);
  }

  private end(entry: Entry): void {
    entry.closed = true;
    // One that is not open yet may be stuck; nobody waits for it any more.
    if (entry.session === null) entry.channel?.close();
    else entry.session.close();
    this.forget(entry);
  }

  private forget(entry: Entry): void {
    this.entries = this.entries.filter((other) => other !== entry);
  }
}

function sameAddress(one: SessionAddress, other: SessionAddress): boolean {
  return (
    one.host === other.host &&
    one.note === other.note &&
    one.name === other.name &&
    one.netns === other.netns &&
    (one.container ?? null) === (other.container ?? null)
  );
}

function placeOf({ netns, container = null }: SessionAddress): Place {
  if (container !== null) {
    if (!isContainerName(container)) throw badName(container, 'a container', 'container', '_ . -');
    return { kind: 'container', name: container };
  }
  if (netns === null) return machine;
  if (!isNetnsName(netns)) throw badName(netns, 'a network namespace', 'netns', '_ . : @ -');
  return { kind: 'netns', name: netns };
}

function badName(name: string, what: string, key: string, others: string): ProblemError {
  return new ProblemError(
    problem(
      `“${name}” is not a name for ${what}.`,
      `Labpath takes letters, digits, and ${others} behind the first.`,
      `Correct in=${key}:… on the cell.`,
    ),
  );
}
