import { concat, nothing } from './bytes';

const lf = 0x0a;
const cr = 0x0d;
const oneCr = new Uint8Array([cr]);

/**
 * Undoes what a terminal does to line ends on output (termios ONLCR: LF becomes CR LF), exactly: CR LF becomes LF, every
 * other CR stays. A CR LF the program wrote itself went out as CR CR LF and comes back as CR LF.
 *
 * A CR that ends a chunk is held back until the next byte tells what it was; `end` gives it out.
 */
export class NewlineFolder {
  private heldCr = false;

  fold(chunk: Uint8Array): Uint8Array {
    if (chunk.length === 0) return nothing;
    const held = this.heldCr && chunk[0] !== lf;
    this.heldCr = chunk[chunk.length - 1] === cr;
    const body = this.heldCr ? chunk.subarray(0, -1) : chunk;
    const folded = foldWhole(body);
    return held ? concat([oneCr, folded]) : folded;
  }

  end(): Uint8Array {
    const held = this.heldCr;
    this.heldCr = false;
    return held ? oneCr : nothing;
  }
}

function foldWhole(bytes: Uint8Array): Uint8Array {
  const first = bytes.indexOf(cr);
  if (first === -1) return bytes;
  const folded = new Uint8Array(bytes.length);
  folded.set(bytes.subarray(0, first));
  let length = first;
  for (let at = first; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === cr && bytes[at + 1] === lf) continue;
    folded[length++] = byte;
  }
  return folded.subarray(0, length);
}
