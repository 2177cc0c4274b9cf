/**
 * A stable 64-bit fingerprint of a text, as 16 hex digits (two FNV-1a 32-bit passes with different seeds).
 * For identity only: it is not collision resistant against an adversary.
 */
export function fingerprint(text: string): string {
  return fnv1a(text, 0x811c9dc5) + fnv1a(text, 0x9e3779b9);
}

function fnv1a(text: string, seed: number): string {
  let hash = seed;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
