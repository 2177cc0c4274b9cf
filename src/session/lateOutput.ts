import { concat } from './bytes';
import { withoutEcho } from './echo';

const mostHeld = 64 * 1024;

/**
 * Output that belongs to no cell. Between a frame and the cell's begin it is held, because the frame's echo may be
 * part of it.
 */
export class LateOutput {
  private held: Uint8Array[] = [];
  private heldLength = 0;

  constructor(private readonly deliver: (bytes: Uint8Array) => void) {}

  /** While a frame is on its way. */
  hold(bytes: Uint8Array): void {
    if (this.heldLength >= mostHeld) this.release();
    this.held.push(bytes);
    this.heldLength += bytes.length;
  }

  push(bytes: Uint8Array): void {
    if (bytes.length > 0) this.deliver(bytes);
  }

  /** Delivers what was held, without the echo of this frame. */
  release(frame?: Uint8Array): void {
    const held = concat(this.held);
    this.held = [];
    this.heldLength = 0;
    this.push(frame === undefined ? held : withoutEcho(held, frame));
  }
}
