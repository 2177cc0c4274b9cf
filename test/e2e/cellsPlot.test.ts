/** Plots that are drawn of what cells print, in a browser against a real lab machine. */
import type { Locator } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { cell, output, settles, status } from './cells';
import { useCells } from './cellsBench';

const { bench, run, menu } = useCells({ note: 'Plots.md', first: 'throughput', opensOnce: true });

const plot = (card: Locator) => card.locator('.labpath-plot');

describe('a cell with output=plot', () => {
  beforeEach(() => bench().openNote('Plots.md', 'live'));

  it('draws its columns as lines, with a legend, axes and all of it in words', async () => {
    const card = await cell(bench(), 'throughput');
    await settles(status(card), /^Exit 0/);
    await plot(card).waitFor();
    expect(await card.locator('.labpath-plot-key').allInnerTexts()).toEqual(['cubic mbit/s', 'bbr mbit/s']);
    expect(await card.locator('.labpath-plot-tick.is-y').allInnerTexts()).toEqual([
      '0',
      '20',
      '40',
      '60',
      '80',
      '100',
    ]);
    const frame = card.getByRole('img', {
      name: /^Line chart over t, 30 points: cubic mbit\/s from 0 to 89/,
    });
    expect(await frame.count()).toBe(1);
    const drawn = await card.locator('.labpath-plot-area path').evaluateAll((paths) =>
      paths.map((path) => {
        const { width, height } = path.getBoundingClientRect();
        return [width > 200, height > 100, getComputedStyle(path).stroke];
      }),
    );
    expect(drawn.map(([wide, high]) => [wide, high])).toEqual([
      [true, true],
      [true, true],
    ]);
    expect(drawn[0]?.[2]).not.toBe(drawn[1]?.[2]);
    expect(await output(card).isVisible()).toBe(false);
    await bench().screenshot('cell-plot-light');
  });

  it('tells the values under the pointer and those that the arrow keys reach', async () => {
    const card = await cell(bench(), 'throughput');
    const words = card.locator('.labpath-plot-words');
    const box = await card.locator('.labpath-plot-area').boundingBox();
    if (!box) throw new Error('The plot has no area.');
    await bench().page.mouse.move(box.x + (box.width * 10) / 29, box.y + 50);
    await settles(words, /^t 10 · cubic mbit\/s 60 · bbr mbit\/s 92$/);
    await bench().page.mouse.move(box.x, box.y - 60);
    await settles(words, /^$/);
    await card.locator('.labpath-plot-frame').focus();
    await bench().page.keyboard.press('End');
    await bench().page.keyboard.press('ArrowLeft');
    await settles(words, /^t 28 /);
  });

  it('shows the text, a table and the plot again on request', async () => {
    const card = await cell(bench(), 'throughput');
    await card.getByRole('button', { name: 'Show as text' }).click();
    await settles(output(card), /^t,cubic mbit\/s,bbr mbit\/s\n0,0,0/);
    expect(await plot(card).count()).toBe(0);
    await menu(card, 'Show as table');
    expect(await card.locator('.labpath-table tbody tr').count()).toBe(30);
    await card.getByRole('button', { name: 'Show as plot' }).click();
    await plot(card).waitFor();
  });

  it('draws bars where the first column holds words', async () => {
    const card = await run('memory');
    const bars = card.locator('.labpath-plot-bars');
    await settles(bars, /anon pages\s+12\.5\s+90\s+file pages/);
    const widths = await bars
      .locator('.labpath-plot-bar')
      .evaluateAll((all) => all.map((bar) => bar.clientWidth));
    expect(widths[1]).toBeGreaterThan(5 * (widths[0] ?? 0));
    await bench().screenshot('cell-plot-bars-light');
  });

  it('grows while the program prints, and goes on when it is answered', async () => {
    const card = await run('live');
    await card.getByRole('img', { name: /4 points/ }).waitFor();
    await settles(card.locator('.labpath-plot-open'), /^go on\?/);
    expect(await status(card).innerText()).toMatch(/^Running/);
    const field = card.getByRole('textbox', { name: 'Input for the running program' });
    await field.fill('yes');
    await field.press('Enter');
    await card.getByRole('img', { name: /5 points/ }).waitFor();
  });

  it('says why there is no plot, and shows the text', async () => {
    const card = await run('words');
    await settles(
      card.locator('.labpath-problem'),
      /not drawn as a plot[\s\S]*No line of the output holds a number/,
    );
    expect(await output(card).innerText()).toBe('no numbers here');
  });

  it('that fails shows what it said first', async () => {
    const card = await run('broken');
    await settles(status(card), /^Exit 3/);
    expect(await output(card).innerText()).toContain('it broke');
    await card.getByRole('button', { name: 'Show as plot' }).click();
    await settles(plot(card), /Not drawn: 1 other line/);
  });

  it('is drawn in dark, in Reading view and after a restart of the app', async () => {
    const card = await run('many');
    await plot(card).waitFor();
    expect(await card.locator('.labpath-plot-key').count()).toBe(8);
    await bench().screenshot('cell-plot-many-light');
    await bench().setTheme('dark');
    await bench().screenshot('cell-plot-many-dark');
    await bench().reload();
    await bench().openNote('Plots.md', 'live');
    await plot(await cell(bench(), 'throughput')).waitFor();
    await bench().screenshot('cell-plot-dark');
    await bench().setMode('reading');
    await bench().page.locator('.labpath-reading-cell .labpath-plot').first().waitFor();
    await bench().screenshot('cell-plot-reading-dark');
    await bench().setTheme('light');
  });
});

describe('the page', () => {
  it('reported no error', () => {
    expect(bench().errors).toEqual([]);
  });
});
