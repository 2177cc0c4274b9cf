const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const nothing = new Uint8Array(0);

export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Bytes that are not UTF-8 become U+FFFD. */
export function utf8Text(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** One character per byte, U+0000 to U+00FF. For short texts: markers, not output. */
export function latin1Text(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

export function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const [first] = chunks;
  if (first !== undefined && chunks.length === 1) return first;
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function startsWithAt(bytes: Uint8Array, at: number, prefix: Uint8Array): boolean {
  return at + prefix.length <= bytes.length && prefix.every((byte, index) => bytes[at + index] === byte);
}

/** Where `needle` begins in `bytes` at or after `from`, or -1. `needle` is not empty. */
export function indexOfBytes(bytes: Uint8Array, needle: Uint8Array, from: number): number {
  const first = needle[0] ?? 0;
  // The engine's own search for one byte runs at memory speed, so that plain output costs next to nothing.
  let at = bytes.indexOf(first, from);
  while (at !== -1 && !startsWithAt(bytes, at, needle)) at = bytes.indexOf(first, at + 1);
  return at;
}

/** Length of the longest proper prefix of `needle` that `bytes` ends with, looking no further back than `from`. */
export function partialSuffix(bytes: Uint8Array, needle: Uint8Array, from: number): number {
  for (let length = Math.min(needle.length - 1, bytes.length - from); length > 0; length--) {
    if (startsWithAt(bytes, bytes.length - length, needle.subarray(0, length))) return length;
  }
  return 0;
}
