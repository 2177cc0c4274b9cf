/** Speed of OutputText, in MB/s of bytes pushed in chunks of 64 KiB. Run: `npm run bench -- output` */
import { performance } from 'node:perf_hooks';
import { OutputText } from '../src/output/outputText';

const SIZE = 64 * 1024 * 1024;
const CHUNK = 64 * 1024;

const samples: Readonly<Record<string, string>> = {
  'plain lines of 80': `${'The quick brown fox jumps over the lazy dog, again and again and again and so. '}\n`,
  'short lines (seq)': Array.from({ length: 1000 }, (_, i) => `${i}\n`).join(''),
  'coloured (ls)':
    '\x1b[0m\x1b[01;34mdir\x1b[0m  \x1b[01;32mprogram\x1b[0m  file  \x1b[38;5;208mother\x1b[0m\n',
  'progress bars': `\r${'#'.repeat(40)}${' '.repeat(20)} 67 %`,
  'UTF-8': 'Grüße aus Köln, 日本語のテキスト, и русский текст\n',
  'one endless line': 'x'.repeat(1000),
};

for (const [name, sample] of Object.entries(samples)) {
  const unit = Buffer.from(sample);
  const chunk = Buffer.concat(Array.from({ length: Math.ceil(CHUNK / unit.length) }, () => unit));
  const output = new OutputText();
  const start = performance.now();
  let pushed = 0;
  while (pushed < SIZE) {
    output.push(chunk);
    pushed += chunk.length;
    if (performance.now() - start > 3000) break;
  }
  const seconds = (performance.now() - start) / 1000;
  const heap = Math.round(process.memoryUsage().heapUsed / 1e6);
  process.stdout.write(
    `${name.padEnd(20)} ${(pushed / 1e6 / seconds).toFixed(0).padStart(5)} MB/s, ${output.lineCount} lines kept, heap ${heap} MB\n`,
  );
}
