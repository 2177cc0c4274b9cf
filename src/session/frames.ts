import { concat, utf8 } from './bytes';

/** A terminal in line mode cuts lines at 4095 bytes; newlines in a frame carry no meaning. */
const longestLine = 1000;

const tagStart = '\n\x02LP1;';
const recordSeparator = 0x1e;
const newline = 0x0a;

/** Asks the driver to run `source`, and to mark its begin and end with `nonce`. Throws RangeError on a NUL. */
export function runFrame(key: string, nonce: string, source: string): Uint8Array {
  return frame(`${key};R${nonce};`, escaped(utf8(source.replaceAll('\r\n', '\n'))));
}

/** Asks the driver to answer with `token`, without running anything. `token` is letters and digits. */
export function pingFrame(key: string, token: string): Uint8Array {
  return frame(`${key};P${token};`, new Uint8Array(0));
}

/** Typed after a run frame for a shell whose dispatch is `typed`. */
export const typedLine = utf8(
  ' { __labpath_begin; } 2>/dev/null; case $__labpath_pipes in "") \\builtin eval "$__labpath_cell";; ' +
    '*) \\builtin eval "$__labpath_cell" >"$__labpath_pipes/o" 2>"$__labpath_pipes/e";; esac; ' +
    // The cell may have changed PROMPT_COMMAND, which is all that brings this shell back to its driver.
    '{ __labpath_sync; } 2>/dev/null\n',
);

/** Typed at a shell that is known to sit at a prompt of its own: it takes up its work again. */
export const wakeLine = utf8('\n__labpath_sync\n');

function frame(head: string, payload: Uint8Array): Uint8Array {
  return concat([utf8(tagStart + head), payload, new Uint8Array([recordSeparator])]);
}

/** The text as bash's `printf %b` reads it, in printable ASCII, broken into short lines. */
export function escaped(bytes: Uint8Array): Uint8Array {
  const worst = bytes.length * 4;
  const wire = new Uint8Array(worst + Math.ceil(worst / (longestLine - 4)) + 1);
  let length = 0;
  let column = 0;
  for (const byte of bytes) {
    const piece = pieces[byte];
    if (piece === undefined) throw new RangeError('A cell cannot hold a NUL byte.');
    if (column + piece.length > longestLine) {
      wire[length++] = newline;
      column = 0;
    }
    wire.set(piece, length);
    length += piece.length;
    column += piece.length;
  }
  return wire.subarray(0, length);
}

const pieces: readonly (Uint8Array | undefined)[] = Array.from({ length: 256 }, (_, byte) => piece(byte));

function piece(byte: number): Uint8Array | undefined {
  if (byte === 0) return undefined;
  if (byte === 0x5c) return utf8('\\\\');
  if (byte === 0x0a) return utf8('\\n');
  if (byte === 0x09) return utf8('\\t');
  if (byte >= 0x20 && byte < 0x7f) return new Uint8Array([byte]);
  return utf8(`\\x${byte.toString(16).padStart(2, '0')}`);
}
