import { ProblemError, type Problem } from '../base/problem';
import { driverBytes, enterLine } from './bootstrap';
import { concat, hex } from './bytes';
import type { CancelTimer, Clock } from './clock';
import type { Hello, Marker } from './markers';
import { waitForShell } from './patience';
import { endedInstead, notEntered, slowToEnter } from './problems';

const mostHeld = 64 * 1024;
const killLine = new Uint8Array([0x15]);

export interface Enterable {
  readonly clock: Clock;
  readonly readyTimeoutMs?: number;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly host: string;
  type(bytes: Uint8Array): void;
  /** A shell with a driver answered. */
  entered(key: string, hello: Hello): void;
  /** No shell has answered for long; it is waited for. */
  slow(why: Problem): void;
  /** What was held back is output after all. */
  release(output: Uint8Array): void;
  /** No shell answered. */
  failed(): void;
}

/**
 * Types the loader at the shell in front and waits for a driver to answer. What the terminal shows meanwhile, the echo
 * of what was typed above all, is held back; but not for long, for it may be of a program that is no shell, and whoever
 * wants to leave that has to see it.
 */
export class Entering {
  readonly done: Promise<void>;
  private readonly key: string;
  private readonly stopWaiting: CancelTimer;
  private resolve: () => void = () => undefined;
  private reject: (why: ProblemError) => void = () => undefined;
  private held: Uint8Array[] = [];
  private heldLength = 0;
  private isHolding = true;
  private loading = false;

  constructor(private readonly target: Enterable) {
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.key = hex(target.randomBytes(16));
    this.stopWaiting = waitForShell(target, {
      slow: (seconds) => {
        this.release();
        target.slow(slowToEnter(target.host, seconds));
      },
      over: (seconds) => this.giveUp(notEntered(target.host, seconds)),
    });
    target.type(concat([killLine, enterLine]));
  }

  /** True when what came is held back. */
  holds(bytes: Uint8Array): boolean {
    if (!this.isHolding) return false;
    this.held.push(bytes);
    this.heldLength += bytes.length;
    // So much is no echo: the program in front prints and does not listen.
    if (this.heldLength > mostHeld) this.giveUp(notEntered(this.target.host, null));
    return true;
  }

  /** True when the marker is part of entering. */
  take(marker: Marker): boolean {
    if (marker.type === 'loading' && !this.loading) {
      this.loading = true;
      this.target.type(driverBytes({ key: this.key, profile: 'rc', nested: true }));
      return true;
    }
    if (marker.type !== 'ready' || marker.key !== this.key) return false;
    this.stopWaiting();
    this.target.entered(this.key, marker.hello);
    this.resolve();
    return true;
  }

  /** The cell ended meanwhile; what is held is output of it. */
  cellEnded(): void {
    this.giveUp(endedInstead(this.target.host));
  }

  private giveUp(why: Problem): void {
    this.stopWaiting();
    this.target.failed();
    this.release();
    this.reject(new ProblemError(why));
  }

  private release(): void {
    this.isHolding = false;
    this.target.release(concat(this.held.splice(0)));
  }
}
