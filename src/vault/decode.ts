import { problem, ProblemError } from '../base/problem';

/** The bytes of a note as text, a byte order mark included. Throws a ProblemError when they are not UTF-8. */
export function decodeNote(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new ProblemError(
      problem(
        `The note ${path} is not UTF-8 text.`,
        '',
        'Save it as UTF-8; until then only its name is known.',
      ),
      { cause: error },
    );
  }
}
