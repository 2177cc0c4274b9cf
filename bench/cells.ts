/**
 * Cells in the editor, in Chromium: what the plugin adds to a key press in a note of 10,000 lines and 400 cells, how far
 * scrolling drifts over restored outputs, and typing elsewhere while a cell prints 1,000,000 lines, beside xterm.js
 * drawing the same bytes. Run: `npm run build && npm run bench -- cells`
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openWorkbench, repository, type Harness } from '../test/e2e/harness';
import { press, runButton, settles, status, cell } from '../test/e2e/cells';
import { startLab } from '../test/e2e/labMachine';

const KEYS = 120;

const prose = Array.from({ length: 19 }, (_, i) => `Prose with *some* \`code\` and [[links]], line ${i}.`);
const bigNote = [
  '---\nhost: lab\n---\n\nFirst line.\n',
  ...Array.from({ length: 400 }, (_, i) =>
    [...prose, '', '```bash {#cell-' + i + '}', `echo ${i}`, 'seq 1 20', '```', ''].join('\n'),
  ),
].join('\n');
/** Outputs of every length, folded and not. */
const longNote = [
  '---\nhost: lab\n---\n',
  ...Array.from({ length: 40 }, (_, i) =>
    [...prose, '', '```bash {#long-' + i + '}', `seq ${1 + ((i * 7) % 50)}`, '```', ''].join('\n'),
  ),
].join('\n');
const floodNote = '---\nhost: lab\n---\n\nType here.\n\n```bash {#flood}\nseq 1 1000000\n```\n';

/** Milliseconds from a key press to the end of the work it caused, until the frame is drawn. */
async function typeInto(page: Page, keys: number, line: number): Promise<number[]> {
  return page.evaluate(
    async ({ keys, line }) => {
      const editor = window.workbench?.app.workspace.activeEditor?.editor;
      if (!editor) throw new Error('No editor is open.');
      editor.setCursor({ line, ch: 3 });
      const times: number[] = [];
      for (let i = 0; i < keys; i++) {
        const start = performance.now();
        editor.replaceSelection('x');
        times.push(performance.now() - start);
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      return times;
    },
    { keys, line },
  );
}

function at(times: readonly number[], share: number): number {
  return [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function keystrokes(bench: Harness): Promise<void> {
  const { page } = bench;
  const begin = performance.now();
  await bench.openNote('Big.md', 'live');
  await page.locator('.labpath-cell').first().waitFor();
  say(
    `open a note of ${bigNote.split('\n').length} lines and 400 cells: ${Math.round(performance.now() - begin)} ms`,
  );
  const medians: { on: number[]; off: number[] } = { on: [], off: [] };
  for (let round = 0; round < 3; round++) {
    await bench.reload();
    for (const mode of ['on', 'off'] as const) {
      if (mode === 'off') await page.evaluate(() => window.workbench?.plugin.unload());
      await bench.openNote('Flood.md', 'live');
      await bench.openNote('Big.md', 'live');
      await typeInto(page, 20, 5);
      medians[mode].push(at(await typeInto(page, KEYS, 5), 0.5));
    }
  }
  const [on, off] = [at(medians.on, 0.5), at(medians.off, 0.5)];
  say(
    `a key press: ${on.toFixed(2)} ms with the plugin, ${off.toFixed(2)} ms without, ratio ${(on / off).toFixed(2)}`,
  );
}

/** How far the height of a note over which nobody scrolled yet is from what it is once all of it was drawn. */
async function drift(bench: Harness): Promise<void> {
  const { page } = bench;
  await bench.openNote('Long.md', 'live');
  await runButton(await cell(bench, 'long-0')).click();
  await settles(status(await cell(bench, 'long-0')), /^Exit 0/);
  await bench.runCommand('labpath:run-all');
  await page.locator('.modal').getByRole('button', { name: /^Run/ }).first().click();
  await settles(page.locator('.labpath-statusbar'), /^Running/);
  await settles(page.locator('.labpath-statusbar'), /^(?!Running)/, 120_000);
  // Outputs are written down a moment after the last run.
  await new Promise((resolve) => setTimeout(resolve, 3000));
  await bench.reload();
  await bench.openNote('Long.md', 'live');
  await page.locator('.labpath-cell .labpath-line').first().waitFor();
  const heights = await page.evaluate(async () => {
    const scroller = [...document.querySelectorAll<HTMLElement>('.cm-scroller')].find(
      ({ clientHeight }) => clientHeight > 0,
    );
    if (!scroller) throw new Error('No editor is shown.');
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const before = scroller.scrollHeight;
    let cards = 0;
    for (let top = 0; top < scroller.scrollHeight; top += scroller.clientHeight / 2) {
      scroller.scrollTop = top;
      await frame();
      cards = Math.max(cards, scroller.querySelectorAll('.labpath-line').length);
    }
    return { before, after: scroller.scrollHeight, cards };
  });
  if (heights.cards === 0) throw new Error('No output was restored.');
  const share = (Math.abs(heights.after - heights.before) / heights.after) * 100;
  say(
    `scroll height over restored outputs: ${heights.before} px at first, ${heights.after} px once drawn, drift ${share.toFixed(2)} %`,
  );
}

/** What xterm.js takes to draw the bytes that the flood printed, in an empty page of the same browser. */
async function besideXterm(bench: Harness, ours: number): Promise<void> {
  const page = await bench.page.context().newPage();
  const folder = join(repository, 'node_modules/@xterm/xterm');
  await page.addStyleTag({ path: join(folder, 'css/xterm.css') });
  await page.addScriptTag({ path: join(folder, 'lib/xterm.js') });
  const took = await page.evaluate(async (lines) => {
    interface Xterm {
      open(parent: HTMLElement): void;
      write(data: string, then: () => void): void;
    }
    const { Terminal } = window as unknown as { Terminal: new (options: object) => Xterm };
    const place = document.body.appendChild(document.createElement('div'));
    place.style.cssText = 'position:fixed;inset:20% 20% auto;z-index:99';
    const terminal = new Terminal({ rows: 24, cols: 80, scrollback: 10_000 });
    terminal.open(place);
    const begin = performance.now();
    const chunk = 10_000;
    for (let from = 1; from <= lines; from += chunk) {
      const text = Array.from({ length: chunk }, (_, i) => `${from + i}\r\n`).join('');
      await new Promise<void>((resolve) => terminal.write(text, resolve));
    }
    return performance.now() - begin;
  }, 1_000_000);
  await page.close();
  say(
    `the same lines in xterm.js, without SSH: ${Math.round(took)} ms; ours over SSH in all is ${(ours / took).toFixed(2)} of that`,
  );
}

async function flood(bench: Harness): Promise<number> {
  const { page } = bench;
  await bench.openNote('Flood.md', 'live');
  const card = await cell(bench, 'flood');
  const heap = () =>
    page.evaluate(() => {
      const { memory } = performance as unknown as { memory?: { usedJSHeapSize: number } };
      return (memory?.usedJSHeapSize ?? 0) / 1e6;
    });
  const before = await heap();
  const begin = performance.now();
  await runButton(card).click();
  await press(page, 'Run on lab').catch(() => undefined);
  await settles(status(card), /^Running/);
  const times = await typeInto(page, KEYS, 5);
  await settles(status(card), /^Exit 0/, 120_000);
  const took = performance.now() - begin;
  say(
    `typing while 1,000,000 lines arrive: median ${at(times, 0.5).toFixed(1)} ms, p95 ${at(times, 0.95).toFixed(1)} ms`,
  );
  say(
    `1,000,000 lines: ${Math.round(took)} ms in all, heap grew by ${Math.round((await heap()) - before)} MB`,
  );
  return took;
}

const scratch = await mkdtemp(join(tmpdir(), 'labpath-bench-'));
const vault = join(scratch, 'vault');
await mkdir(vault);
await writeFile(join(vault, 'Big.md'), bigNote);
await writeFile(join(vault, 'Flood.md'), floodNote);
await writeFile(join(vault, 'Long.md'), longNote);
const machine = await startLab();
const bench = await openWorkbench({
  vault,
  stateFolder: machine.stateFolder,
  env: machine.env,
  allowedPorts: () => [machine.record.port],
});
try {
  await besideXterm(bench, await flood(bench));
  await bench.reload();
  await drift(bench);
  await keystrokes(bench);
} finally {
  await bench.close();
  await machine.stop();
  await rm(scratch, { recursive: true, force: true });
}
