import { ProblemError } from '../base/problem';
import { driverBytes, enterLine } from './bootstrap';
import { concat, hex } from './bytes';
import type { CancelTimer, Clock } from './clock';
import type { Hello, Marker } from './markers';
import { notEntered } from './problems';

/** How long a shell may take to become one with a driver, in milliseconds. */
const patience = 8000;
const mostHeld = 64 * 1024;
const killLine = new Uint8Array([0x15]);

export interface Enterable {
  readonly clock: Clock;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly host: string;
  type(bytes: Uint8Array): void;
  /** A shell with a driver answered. */
  entered(key: string, hello: Hello): void;
  /** None did: what was held back is output after all. */
  failed(output: Uint8Array): void;
}

/**
 * Types the loader at the shell in front and waits for a driver to answer. What the terminal shows meanwhile, the echo
 * of what was typed above all, is held back.
 */
export class Entering {
  readonly done: Promise<void>;
  private readonly key: string;
  private readonly cancel: CancelTimer;
  private resolve: () => void = () => undefined;
  private reject: (why: ProblemError) => void = () => undefined;
  private held: Uint8Array[] = [];
  private heldLength = 0;
  private loading = false;

  constructor(private readonly target: Enterable) {
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.key = hex(target.randomBytes(16));
    this.cancel = target.clock.setTimer(patience, () => this.fail());
    target.type(concat([killLine, enterLine]));
  }

  hold(bytes: Uint8Array): void {
    this.held.push(bytes);
    this.heldLength += bytes.length;
    // So much is no echo: the program in front prints and does not listen.
    if (this.heldLength > mostHeld) this.fail();
  }

  /** True when the marker is part of entering. */
  take(marker: Marker): boolean {
    if (marker.type === 'loading' && !this.loading) {
      this.loading = true;
      this.target.type(driverBytes({ key: this.key, profile: 'rc', nested: true }));
      return true;
    }
    if (marker.type !== 'ready' || marker.key !== this.key) return false;
    this.cancel();
    this.target.entered(this.key, marker.hello);
    this.resolve();
    return true;
  }

  /** The run ended meanwhile, or time is up. */
  fail(): void {
    this.cancel();
    this.target.failed(concat(this.held));
    this.reject(new ProblemError(notEntered(this.target.host, patience / 1000)));
  }
}
