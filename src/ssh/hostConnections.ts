import { problem, ProblemError } from '../base/problem';
import type { PipesChannel, ShellChannel } from '../session/channel';
import type { CancelTimer, Clock } from '../session/clock';
import type { HostConnection, TerminalSize } from './hostConnection';

/** OpenSSH's MaxSessions is 10 unless set; eight terminals and one channel for control leave one spare. */
const mostTerminals = 8;
/** An unused connection is kept this long, so that a restarted session does not ask for a password again; ms. */
const idlePatience = 60_000;

interface Seat {
  readonly connection: HostConnection;
  /** Lowered when the server refuses a channel. */
  limit: number;
  cancelIdle: CancelTimer;
}

/**
 * The connections to one host. Terminals share a connection as long as the server lets them; control scripts run one at
 * a time, each on a channel that is kept free for them, or on a connection of their own where there is none.
 */
export class HostConnections {
  private readonly seats: Seat[] = [];
  private connecting: Promise<Seat> | null = null;
  private controlTurn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly host: string,
    private readonly connect: () => Promise<HostConnection>,
    private readonly clock: Clock,
  ) {}

  /** Rejects with a ProblemError. */
  async openTerminal(command: string, size: TerminalSize): Promise<ShellChannel> {
    for (;;) {
      const seat = await this.seatForTerminal();
      try {
        return await seat.connection.openTerminal(command, size);
      } catch (error) {
        if (!seat.connection.alive) throw lostWhileOpening(this.host);
        if (seat.connection.unused) throw refusedChannel(this.host, error);
        seat.limit = seat.connection.terminals;
      }
    }
  }

  /** Runs a command without a terminal; see `ControlExec`. */
  control(command: string): Promise<string> {
    return this.inTurn(() => this.withSeat((connection) => connection.exec(command), true));
  }

  /** As `control`, but rejects rather than making a connection for it. */
  peek(command: string): Promise<string> {
    return this.inTurn(() => this.withSeat((connection) => connection.exec(command), false));
  }

  /** Starts a command without a terminal, with its streams apart. */
  openPipes(command: string): Promise<PipesChannel> {
    return this.inTurn(() => this.withSeat((connection) => connection.openPipes(command), true));
  }

  close(): void {
    for (const seat of this.seats.splice(0)) {
      seat.cancelIdle();
      seat.connection.close();
    }
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const answer = this.controlTurn.then(work);
    this.controlTurn = answer.catch(() => undefined);
    return answer;
  }

  private async withSeat<T>(
    work: (connection: HostConnection) => Promise<T>,
    mayConnect: boolean,
  ): Promise<T> {
    let why: unknown = new Error('There is no connection.');
    for (const { connection } of [...this.seats]) {
      try {
        return await work(connection);
      } catch (error) {
        // No channel to be had here; another connection may have one.
        why = error;
      }
    }
    if (!mayConnect) throw why;
    return work((await this.newSeat()).connection);
  }

  private seatForTerminal(): Promise<Seat> {
    const free = this.seats.find((seat) => seat.connection.terminals < seat.limit);
    if (free !== undefined) return Promise.resolve(free);
    // Several sessions opened at once share the connection that the first of them makes.
    this.connecting ??= this.newSeat().finally(() => {
      this.connecting = null;
    });
    return this.connecting;
  }

  private async newSeat(): Promise<Seat> {
    const connection = await this.connect();
    const seat: Seat = { connection, limit: mostTerminals, cancelIdle: () => undefined };
    this.seats.push(seat);
    connection.onUnused(() => {
      seat.cancelIdle();
      // A channel reports its end late: with the connection gone, a timer would only keep the process alive.
      if (!this.seats.includes(seat)) return;
      seat.cancelIdle = this.clock.setTimer(idlePatience, () => {
        if (connection.unused) connection.close();
      });
    });
    connection.onClose(() => {
      seat.cancelIdle();
      const index = this.seats.indexOf(seat);
      if (index !== -1) this.seats.splice(index, 1);
    });
    return seat;
  }
}

function lostWhileOpening(host: string): ProblemError {
  return new ProblemError(
    problem(`The connection to ${host} was lost while a session was being opened.`, '', 'Try again.'),
  );
}

function refusedChannel(host: string, error: unknown): ProblemError {
  const why = error instanceof Error ? error.message : String(error);
  return new ProblemError(
    problem(
      `${host} opened no terminal.`,
      why,
      'Look at MaxSessions and PermitTTY in the configuration of its SSH server.',
    ),
    { cause: error },
  );
}
