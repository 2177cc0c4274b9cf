import { Buffer } from 'node:buffer';
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';

const maxBytes = 1 << 20;

/** A log file that starts empty and never takes more than twice `maxBytes`: the older half is kept as `<file>.1`. */
export function openLog(file: string): (text: string) => void {
  let bytes = 0;
  writeFileSync(file, '', { mode: 0o600 });
  return (text) => {
    if (bytes > maxBytes) {
      renameSync(file, `${file}.1`);
      bytes = 0;
    }
    appendFileSync(file, text, { mode: 0o600 });
    bytes += Buffer.byteLength(text);
  };
}
