/** Buffer's `slice` shares memory where Uint8Array's copies; nobody behind this folder should have to know. */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
