/** Node's `vm`, which asn1.js mentions and does not need. */
export function runInThisContext(): never {
  throw new Error('A page runs no code from text.');
}
