const controlOffset = 0x40;

/**
 * What a terminal that still echoes prints for `typed` (termios ECHO, ECHOCTL, ONLCR, after folding): control bytes as
 * caret notation, newline and tab as themselves.
 */
export function echoOf(typed: Uint8Array): Uint8Array {
  const echo: number[] = [];
  for (const byte of typed) {
    if (byte < 0x20 && byte !== 0x0a && byte !== 0x09) echo.push(0x5e, byte + controlOffset);
    else echo.push(byte);
  }
  return Uint8Array.from(echo);
}

/**
 * Output that came between sending a frame and its begin, without the frame's echo. The driver turns echo off when it
 * reads; a frame that arrives a moment earlier is echoed from its start up to that moment.
 */
export function withoutEcho(output: Uint8Array, frame: Uint8Array): Uint8Array {
  // Only as much of the frame as could have been echoed into this output.
  const echo = echoOf(frame.subarray(0, output.length));
  let same = 0;
  while (same < output.length && output[same] === echo[same]) same++;
  // One byte alone is the newline before the frame.
  return output.subarray(same);
}
