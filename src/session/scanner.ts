import { concat, indexOfBytes, latin1Text, nothing, partialSuffix } from './bytes';

/** The product's own OSC number: `ESC ] 8471 ; body BEL`. */
const prefix = new Uint8Array([0x1b, 0x5d, ...Array.from('8471;', (character) => character.charCodeAt(0))]);
const bell = 0x07;
/** No marker holds these in its body, so that whatever only looks like a marker is given up soon. */
const ends: readonly number[] = [bell, 0x0a, 0x0d, 0x1b];
/** The driver keeps each field of a marker below 4 KiB; it is written by one write(). */
const longestMarker = 16_384;

export interface ScannerSink {
  data(bytes: Uint8Array): void;
  /** A marker's body, one character per byte. False: it is not ours to believe, so its bytes are data. */
  marker(body: string): boolean;
}

/**
 * Splits a terminal's byte stream into data and markers, wherever the chunks are cut.
 *
 * Markers are found by a search over raw bytes, whatever state a terminal would be in. All bytes that are not part of a
 * believed marker come out as data, unchanged and in order. Data is never held back, except for what may still turn out
 * to be a marker's beginning.
 */
export class MarkerScanner {
  private carry = nothing;
  /** How much of the carry has been searched for its end, so that a marker in many chunks stays linear. */
  private searched = 0;

  constructor(private readonly sink: ScannerSink) {}

  push(chunk: Uint8Array): void {
    const bytes = this.carry.length === 0 ? chunk : concat([this.carry, chunk]);
    let searched = this.searched;
    this.carry = nothing;
    this.searched = 0;
    let at = 0;
    while (at < bytes.length) {
      const start = indexOfBytes(bytes, prefix, at);
      if (start === -1) {
        const kept = partialSuffix(bytes, prefix, at);
        this.emit(bytes, at, bytes.length - kept);
        this.keep(bytes, bytes.length - kept, 0);
        return;
      }
      this.emit(bytes, at, start);
      const body = start + prefix.length;
      const end = endOfBody(bytes, Math.max(body, searched));
      searched = 0;
      if (end === bytes.length && end - start <= longestMarker) {
        this.keep(bytes, start, bytes.length - start);
        return;
      }
      if (bytes[end] === bell && this.sink.marker(latin1Text(bytes.subarray(body, end)))) {
        at = end + 1;
      } else {
        // Only the prefix is data for certain: a true marker may follow a forged one that never ended.
        this.emit(bytes, start, body);
        at = body;
      }
    }
  }

  /** The stream has ended: what was held back is data after all. */
  end(): void {
    const rest = this.carry;
    this.carry = nothing;
    this.emit(rest, 0, rest.length);
  }

  private emit(bytes: Uint8Array, from: number, to: number): void {
    if (to > from) this.sink.data(bytes.subarray(from, to));
  }

  private keep(bytes: Uint8Array, from: number, searched: number): void {
    this.carry = bytes.slice(from);
    this.searched = searched;
  }
}

function endOfBody(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && !ends.includes(bytes[at] ?? bell)) at++;
  return at;
}
