import { base64 } from './base64';

/**
 * ssh2 takes every answer except a literal `false` for a yes, and asks again at every rekey. This verifier passes on
 * nothing but a clear yes: the decision must resolve to exactly `true`. A key that was accepted is accepted again on this
 * connection without asking; once one was, no other is.
 *
 * It returns nothing, because ssh2 would take a returned value for an answer.
 */
export function hostVerifier(
  decide: (keyBase64: string) => unknown,
): (key: Uint8Array, verify: (permitted: boolean) => void) => void {
  let accepted: string | null = null;
  return (key, verify) => {
    const shown = base64(Uint8Array.from(key));
    if (accepted !== null) {
      verify(shown === accepted);
      return;
    }
    void settle(decide, shown).then((permitted) => {
      if (permitted) accepted = shown;
      verify(permitted);
    });
  };
}

async function settle(decide: (keyBase64: string) => unknown, shown: string): Promise<boolean> {
  try {
    return (await decide(shown)) === true;
  } catch {
    return false;
  }
}
