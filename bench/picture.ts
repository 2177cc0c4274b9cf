/**
 * The path view in a browser, without a graphics processor: the time from the command to the first picture, and frames
 * while panning, for maps of 25 to 3,000 nodes. Run: `npm run bench -- picture`
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkbench } from '../test/e2e/harness';
import { bigMoc } from './vaults';

const SIZES = [25, 300, 1_000, 3_000];
const PAN_FRAMES = 60;

for (const size of SIZES) {
  const vault = await mkdtemp(join(tmpdir(), 'labpath-picture-'));
  await writeFile(join(vault, 'M.md'), bigMoc(size));
  const bench = await openWorkbench({ vault });
  try {
    // Every line of the path is there: the index is built, only the picture is not.
    await bench.openNote('M.md', 'live');
    await bench.page.locator('.labpath-row-chip').first().waitFor();
    const first = await bench.page.evaluate(async () => {
      const start = performance.now();
      window.workbench?.runCommand('labpath:open-path');
      const isDrawn = (canvas: HTMLCanvasElement): boolean => {
        const { width, height } = canvas;
        const pixels =
          width * height === 0 ? null : canvas.getContext('2d')?.getImageData(0, 0, width, height);
        return pixels?.data.some((value, i) => i % 4 === 3 && value > 0) ?? false;
      };
      for (;;) {
        await new Promise(requestAnimationFrame);
        const layers = [...document.querySelectorAll<HTMLCanvasElement>('.labpath-path-canvas canvas')];
        if (layers.some(isDrawn)) return performance.now() - start;
      }
    });
    const frames = await bench.page.evaluate(async (count) => {
      const times: number[] = [];
      const target = document.querySelector('.labpath-path-canvas');
      let last = performance.now();
      for (let i = 0; i < count; i++) {
        target?.dispatchEvent(new WheelEvent('wheel', { deltaY: i < count / 2 ? 40 : -40, bubbles: true }));
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        times.push(now - last);
        last = now;
      }
      return times.sort((a, b) => a - b);
    }, PAN_FRAMES);
    const at = (share: number): string => (frames[Math.floor(frames.length * share)] ?? 0).toFixed(0);
    process.stdout.write(
      `${size} nodes: first picture ${first.toFixed(0)} ms; panning: median frame ${at(0.5)} ms, 95 of 100 within ${at(0.95)} ms\n`,
    );
  } finally {
    await bench.close();
    await rm(vault, { recursive: true });
  }
}
