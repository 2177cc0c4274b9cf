/**
 * Time to find the cells of a note of 10,000 lines and 400 cells, and how the time for an endless info string grows when
 * it is twice as long (2 is linear). Run: `npm run bench -- scan`
 */
import { performance } from 'node:perf_hooks';
import { parseInfo } from '../src/cells/attributes';
import { scanCells } from '../src/cells/scan';
import { scanFences } from '../src/markdown/fences';

const part = [
  ...Array.from({ length: 16 }, (_, i) => `Prose with *some* \`code\` and [[links]], line ${i}.`),
  '',
  '> [!tip]- Hint',
  '> - ip -n <ns> link',
];
const note = Array.from({ length: 400 }, (_, i) =>
  [
    ...part,
    '',
    `\`\`\`bash {#cell-${i} timeout=3s}`,
    `ip netns exec <ns> ping -c1 10.0.0.${i}`,
    'ls',
    '```',
    '',
  ].join('\n'),
).join('\n');

for (const [name, work] of [
  ['fences', () => scanFences(note).length],
  ['cells', () => scanCells(note).length],
] as const) {
  const times: number[] = [];
  let found = 0;
  for (let i = 0; i < 50; i++) {
    const start = performance.now();
    found = work();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  process.stdout.write(
    `${name}: ${found} in ${note.split('\n').length} lines, median ${(times[25] ?? 0).toFixed(1)} ms, slowest ${(times[49] ?? 0).toFixed(1)} ms\n`,
  );
}

const medianOf = (work: () => void): number => {
  const times = Array.from({ length: 15 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return times[7] ?? 0;
};
for (const piece of ['{', '{"', '"', 'a=', '[', '{{x}}', '\\']) {
  const [once, twice] = [20_000, 40_000].map((count) =>
    medianOf(() => parseInfo(`bash ${piece.repeat(count)}`)),
  );
  const growth = (twice ?? 0) / (once || 1);
  process.stdout.write(
    `info string of many ${piece}: ${(once ?? 0).toFixed(1)} ms, twice as long ×${growth.toFixed(1)}\n`,
  );
}
