/** Enough for a full-screen program to be drawn again. */
const KEPT_BYTES = 256 * 1024;

/**
 * The last bytes of an output as they came, for a terminal that opens while the program runs. Positions count all bytes
 * ever written.
 */
export class RawTail {
  private chunks: Uint8Array[] = [];
  private kept = 0;
  /** Position behind the last byte. */
  end = 0;

  push(bytes: Uint8Array): void {
    this.chunks.push(bytes);
    this.kept += bytes.length;
    this.end += bytes.length;
    let first = this.chunks[0];
    while (first && this.kept - first.length >= KEPT_BYTES) {
      this.kept -= first.length;
      this.chunks.shift();
      first = this.chunks[0];
    }
  }

  /** The chunks from a position on; what is no longer kept is left out. */
  since(position: number): Uint8Array[] {
    const wanted: Uint8Array[] = [];
    let at = this.end - this.kept;
    for (const chunk of this.chunks) {
      if (at + chunk.length > position) wanted.push(at >= position ? chunk : chunk.subarray(position - at));
      at += chunk.length;
    }
    return wanted;
  }

  /** The program has ended: nobody will draw it again. */
  clear(): void {
    this.chunks = [];
    this.kept = 0;
  }
}
