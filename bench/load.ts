/**
 * What loading the plugin costs before SSH or the graph are used: script time of main.js in the workbench, in ms, for
 * evaluating it and for `onload`, over several fresh loads of the page. Run: `npm run bench -- load`
 */
import { openWorkbench } from '../test/e2e/harness';
import type {} from '../workbench/page/controls';

const rounds = 9;

const workbench = await openWorkbench();
const evaluate: number[] = [];
const onload: number[] = [];
try {
  for (let round = 0; round < rounds; round++) {
    await workbench.reload();
    const { evaluateMs, onloadMs } = await workbench.page.evaluate(() => ({
      evaluateMs: window.workbench?.evaluateMs ?? NaN,
      onloadMs: window.workbench?.onloadMs ?? NaN,
    }));
    evaluate.push(evaluateMs);
    onload.push(onloadMs);
  }
} finally {
  await workbench.close();
}

const sums = evaluate.map((ms, round) => ms + (onload[round] ?? 0));
report('evaluate', evaluate);
report('onload', onload);
report('together', sums);

function report(name: string, times: readonly number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.round((sorted.length - 1) * share)] ?? 0).toFixed(1).padStart(6);
  process.stdout.write(`${name.padEnd(9)} min ${at(0)}  median ${at(0.5)}  max ${at(1)} ms\n`);
}
