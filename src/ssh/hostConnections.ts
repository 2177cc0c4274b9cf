import { problem, ProblemError } from '../base/problem';
import type { CancelTimer, Clock } from '../session/clock';
import type { Connection, TerminalSize } from './connection';
import type { SshChannel } from './sshChannel';

/** OpenSSH's MaxSessions is 10 unless set; eight terminals and one channel for control leave one spare. */
const mostTerminals = 8;
/** An unused connection is kept this long, so that a restarted session does not ask for a password again; ms. */
const idlePatience = 60_000;

interface Seat {
  readonly connection: Connection;
  /** Lowered when the server refuses a channel. */
  limit: number;
}

/**
 * The connections to one host. Terminals share a connection as long as the server lets them; control scripts run one at
 * a time, each on a channel that is kept free for them, or on a connection of their own where there is none.
 */
export class HostConnections {
  private readonly seats: Seat[] = [];
  private connecting: Promise<Seat> | null = null;
  private controlTurn: Promise<unknown> = Promise.resolve();
  private cancelIdle: CancelTimer | null = null;

  constructor(
    private readonly host: string,
    private readonly connect: () => Promise<Connection>,
    private readonly clock: Clock,
  ) {}

  /** Rejects with a ProblemError. */
  async openTerminal(command: string, size: TerminalSize): Promise<SshChannel> {
    this.cancelIdle?.();
    for (;;) {
      const seat = await this.seatForTerminal();
      try {
        return await seat.connection.openTerminal(command, size, () => this.terminalClosed());
      } catch (error) {
        if (!seat.connection.alive) throw lostWhileOpening(this.host);
        if (seat.connection.unused) throw refusedChannel(this.host, error);
        seat.limit = seat.connection.terminals;
      }
    }
  }

  /** Runs a command without a terminal; see `ControlExec`. */
  control(command: string): Promise<string> {
    const answer = this.controlTurn.then(() => this.execAnywhere(command));
    this.controlTurn = answer.catch(() => undefined);
    return answer;
  }

  close(): void {
    this.cancelIdle?.();
    for (const seat of this.seats.splice(0)) seat.connection.close();
  }

  private terminalClosed(): void {
    this.cancelIdle?.();
    // A terminal reports its end late: with the connections gone, a timer would only keep the process alive.
    if (this.seats.length === 0 || this.seats.some((seat) => seat.connection.terminals > 0)) return;
    this.cancelIdle = this.clock.setTimer(idlePatience, () => this.close());
  }

  private async execAnywhere(command: string): Promise<string> {
    for (const seat of this.seats) {
      try {
        return await seat.connection.exec(command);
      } catch {
        // No channel to be had here; another connection may have one.
      }
    }
    const seat = await this.newSeat();
    return seat.connection.exec(command);
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
    const seat: Seat = { connection, limit: mostTerminals };
    this.seats.push(seat);
    connection.onClose(() => {
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
