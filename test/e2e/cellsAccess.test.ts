/** Cells for everybody: contrast in both default themes, names, order of focus, little motion; phones only look. */
import { beforeAll, describe, expect, it } from 'vitest';
import { cell, output, runButton, settles, status } from './cells';
import { contrasts, useObsidianColours } from './contrast';
import { useCells } from './cellsBench';

const { bench, run, menu } = useCells({
  note: 'Access.md',
  first: 'colours',
  // Tall, so that the editor draws all cells of a note.
  viewport: { width: 1200, height: 6000 },
});

beforeAll(async () => {
  for (const id of ['lines', 'fails', 'plot', 'measured', 'apart']) {
    await run(id);
    await settles(status(await cell(bench(), id)), /Exit \d/);
  }
  const net = await cell(bench(), 'changes');
  await menu(net, 'Run and show what it changes');
  await settles(net.locator('.labpath-changes'), /To take it back/, 60_000);
  const waits = await run('waits');
  await settles(status(waits), /^Waiting for input/);
});

describe('what cells show', () => {
  for (const theme of ['light', 'dark'] as const) {
    it(`has enough contrast in Obsidian’s default ${theme} theme`, async () => {
      await bench().setTheme(theme);
      await useObsidianColours(bench().page);
      await bench().page.waitForFunction(() => document.querySelectorAll('.labpath-plot-line').length >= 8);
      const all = await contrasts(bench().page, '.labpath-cell');
      await bench().screenshot(`cells-all-${theme}`);
      expect(all.length).toBeGreaterThan(80);
      const isLine = ({ what }: { readonly what: string }) => what.startsWith('line ');
      const poor = all.filter((each) => each.ratio < (isLine(each) ? 3 : 4.5));
      expect(poor.map(({ what, ratio }) => `${ratio.toFixed(2)} ${what}`)).toEqual([]);
    });
  }

  it('has a name for every button and field, and is reached in the order in which it stands', async () => {
    const card = await cell(bench(), 'lines');
    await runButton(card).focus();
    const reached: string[] = [];
    for (let i = 0; i < 6; i++) {
      reached.push(
        await bench().page.evaluate(() => {
          const focused = document.activeElement;
          return focused?.getAttribute('aria-label') ?? focused?.textContent?.trim() ?? '';
        }),
      );
      await bench().page.keyboard.press('Tab');
    }
    expect(reached.slice(0, 4)).toEqual(['Run on lab', 'Copy output', 'Clear output', 'More actions']);
    expect(reached[4]).toMatch(/^line 1/);
    expect(reached[5]).toBe('Show all 60 lines');
    const nameless = await bench()
      .page.locator('.labpath-cell')
      .evaluateAll((cards) =>
        cards.flatMap((each) =>
          [...each.querySelectorAll('button, input, [tabindex="0"]')]
            .filter((element) => element.getBoundingClientRect().width > 0)
            .filter(
              (element) =>
                !element.textContent?.trim() &&
                !element.hasAttribute('aria-label') &&
                !element.hasAttribute('aria-labelledby'),
            )
            .map((element) => element.outerHTML),
        ),
      );
    expect(nameless).toEqual([]);
  });

  it('does not turn for those who asked for little motion', async () => {
    const icon = (await cell(bench(), 'waits')).locator('.labpath-status .labpath-icon');
    const motion = () => icon.evaluate((element) => getComputedStyle(element).animationName);
    expect(await motion()).toBe('none');
    await bench().page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await motion()).toBe('labpath-turn');
    await bench().page.emulateMedia({ reducedMotion: 'reduce' });
  });
});

describe('on a phone', () => {
  it('the last outputs are shown with a sentence, and nothing runs', async () => {
    const { page } = bench();
    const waits = await cell(bench(), 'waits');
    await waits.getByRole('button', { name: 'Interrupt' }).click();
    await settles(status(waits), /^Interrupted/);
    await page.evaluate(() => window.workbench?.imitatePhone(true));
    await bench().openNote('Trial.md', 'live');
    await bench().openNote('Access.md', 'live');
    const card = await cell(bench(), 'lines');
    await settles(output(card), /line 1/);
    await settles(
      card.locator('.labpath-note'),
      /Cells run on the desktop app only\. Here you see the outputs/,
    );
    expect(await runButton(card).isVisible()).toBe(false);
    expect(await bench().runCommand('labpath:run-all')).toBe(true);
    await settles(page.locator('.notice').last(), /Cells run on the desktop app only/);
    expect(await page.locator('.modal').count()).toBe(0);
    await page.evaluate(() => window.workbench?.imitatePhone(false));
  });
});

describe('the page', () => {
  it('reported no error', () => {
    expect(bench().errors).toEqual([]);
  });
});
