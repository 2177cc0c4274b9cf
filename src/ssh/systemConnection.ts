import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { concat, utf8Text } from '../session/bytes';
import type { Clock } from '../session/clock';
import type { HostConnection, TerminalSize } from './hostConnection';
import { SystemPipes } from './systemPipes';
import { sshFailed, SystemTerminal } from './systemTerminal';

const controlPatience = 3000;
const mostPrinted = 1024 * 1024;

/** ssh's own words would stand among the command's: that a server allows no further session, and it logs in anew. */
const quietly = ['-T', '-o', 'LogLevel=QUIET'];

interface Parts {
  /** The ssh that holds the connection. */
  readonly master: ChildProcessWithoutNullStreams;
  readonly clock: Clock;
  /** Starts an ssh that goes through the master. */
  readonly ssh: (flags: readonly string[], command: string | null) => ChildProcessWithoutNullStreams;
}

/** A connection that the system's ssh holds. Each channel is an ssh of its own that goes through it. */
export class SystemConnection implements HostConnection {
  alive = true;
  terminals = 0;
  private channels = 0;
  private said = '';
  private readonly closeListeners: (() => void)[] = [];
  private readonly unusedListeners: (() => void)[] = [];

  constructor(private readonly parts: Parts) {
    const { master } = parts;
    master.stderr.on('data', (bytes: Uint8Array) => {
      this.said = utf8Text(bytes).trim();
    });
    master.on('close', () => {
      this.alive = false;
      for (const listener of this.closeListeners.splice(0)) listener();
    });
    if (master.exitCode !== null) this.alive = false;
  }

  get unused(): boolean {
    return this.channels === 0;
  }

  onClose(listener: () => void): void {
    this.closeListeners.push(listener);
  }

  onUnused(listener: () => void): void {
    this.unusedListeners.push(listener);
  }

  async openTerminal(command: string, { columns, rows }: TerminalSize): Promise<SystemTerminal> {
    // Without a terminal on this side, ssh asks for one of no size; in all login shells this sets it.
    const child = await this.start(
      ['-tt', '-o', 'LogLevel=ERROR'],
      `stty rows ${rows} cols ${columns}; ${command}`,
    );
    this.terminals++;
    child.on('close', () => this.terminals--);
    return new SystemTerminal(child, () => this.whyLost());
  }

  async openPipes(command: string): Promise<SystemPipes> {
    return new SystemPipes(await this.start(quietly, command));
  }

  async exec(command: string): Promise<string> {
    const child = await this.start(quietly, command);
    child.stdin.end();
    return new Promise((resolve, reject) => {
      const printed: Uint8Array[] = [];
      let length = 0;
      const cancel = this.parts.clock.setTimer(controlPatience, () => {
        child.kill();
        reject(new Error('The command took too long.'));
      });
      child.stdout.on('data', (bytes: Uint8Array) => {
        length += bytes.length;
        if (length <= mostPrinted) printed.push(bytes);
      });
      child.stderr.resume();
      child.on('close', (code) => {
        cancel();
        if (code === sshFailed) reject(new Error('ssh failed.'));
        else resolve(utf8Text(concat(printed)));
      });
    });
  }

  close(): void {
    this.parts.master.stdin.end();
  }

  /** Null when the connection stands: what ended, ended by itself. */
  private async whyLost(): Promise<string | null> {
    // The master may be a moment behind the channel in seeing that the network is gone.
    const holds = this.alive && (await this.answers());
    return holds ? null : this.said;
  }

  private answers(): Promise<boolean> {
    return new Promise((resolve) => {
      const check = this.parts.ssh(['-O', 'check'], null);
      check.on('error', () => resolve(false));
      check.on('close', (code) => resolve(code === 0));
    });
  }

  private start(flags: readonly string[], command: string): Promise<ChildProcessWithoutNullStreams> {
    if (!this.alive) return Promise.reject(new Error('The connection is gone.'));
    return new Promise((resolve, reject) => {
      const child = this.parts.ssh(flags, command);
      this.channels++;
      // What ends early is told by the close that follows.
      child.stdin.on('error', () => undefined);
      child.on('error', (error) => {
        this.channelClosed();
        reject(error);
      });
      child.on('spawn', () => {
        child.on('close', () => this.channelClosed());
        resolve(child);
      });
    });
  }

  private channelClosed(): void {
    this.channels--;
    if (this.channels === 0) for (const listener of this.unusedListeners) listener();
  }
}
