/** Cells wherever the app renders a note: in embeds, hover previews, cards of a canvas, on paper, in pop-out windows. */
import type { EditorView } from '@codemirror/view';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cell, output, runButton, scrollTo, settles, status } from './cells';
import { useCells } from './cellsBench';

const { bench } = useCells({ vault: 'places-vault', note: 'Shown.md', first: 'greets', opensOnce: true });

/** Two cells of the same code, by what they printed. */
const twins = (place: Page | Locator) => place.locator('.labpath-cell[data-cell^="cell-"]');
const buttonsIn = (place: Page | Locator) => place.locator('.labpath-cell button:visible');

beforeAll(async () => {
  await settles(status(await cell(bench(), 'greets')), /^Exit 0/);
  for (const nth of [0, 1]) {
    const twin = twins(bench().page).nth(nth);
    await runButton(twin).click();
    await settles(output(twin), new RegExp(`^count is ${nth + 1}$`));
  }
});

describe('an embedded note', () => {
  for (const mode of ['reading', 'live'] as const) {
    it(`shows the outputs of its own cells, and runs them, in ${mode} mode`, async () => {
      await bench().openNote('Places.md', mode);
      const embed = bench().page.locator('.internal-embed[src="Shown"]:visible');
      const greets = embed.locator('.labpath-cell[data-cell="greets"]');
      await settles(output(greets), /^hello to every place$/);
      await greets.getByRole('button', { name: 'Clear output' }).click();
      await settles(status(greets), /^$/);
      await runButton(greets).click();
      await settles(output(greets), /^hello to every place$/);
      await bench().screenshot(`cells-embed-${mode}`);
    });

    it(`of which a part is shown tells apart cells of the same code, in ${mode} mode`, async () => {
      await bench().openNote('Places.md', mode);
      const part = bench().page.locator('.internal-embed[src="Shown#Second"]:visible');
      await settles(output(twins(part)), /^count is 2$/);
      const whole = bench().page.locator('.internal-embed[src="Shown"]:visible');
      expect(await output(twins(whole)).allInnerTexts()).toEqual(['count is 1', 'count is 2']);
    });
  }

  it('does not say where it stands on the path, which its own view does', async () => {
    await bench().openNote('Places.md', 'reading');
    const strips = bench().page.locator('.markdown-reading-view .labpath-step-header:visible');
    await strips.first().waitFor();
    expect(await strips.count()).toBe(1);
    expect(await strips.innerText()).toContain('2 of 2');
  });
});

describe('a hover preview', () => {
  it('shows the outputs, and nothing to press in what goes with the pointer', async () => {
    const { page } = bench();
    await bench().openNote('Places.md', 'reading');
    await page.locator('.markdown-reading-view a.internal-link', { hasText: 'the second part' }).hover();
    const preview = page.locator('.hover-popover');
    await settles(output(twins(preview)), /^count is 2$/);
    expect(await buttonsIn(preview).count()).toBe(0);
    await bench().screenshot('cells-hover');
    await page.mouse.move(5, 5);
    await preview.waitFor({ state: 'detached' });
  });
});

describe('a canvas', () => {
  beforeEach(() => bench().openNote('Board.canvas'));

  it('shows the outputs of the notes on its cards, and runs their cells', async () => {
    const { page } = bench();
    const part = page.locator('.canvas-node[data-node="part"]');
    await settles(output(twins(part)), /^count is 2$/);
    const greets = page.locator('.canvas-node[data-node="note"] .labpath-cell[data-cell="greets"]');
    await runButton(greets).click();
    await settles(output(greets), /^hello to every place$/);
    expect(await page.locator('.canvas-node .labpath-step-header:visible').count()).toBe(0);
    await bench().screenshot('cells-canvas');
  });

  it('leaves code on cards of text as it is: it belongs to no note', async () => {
    const text = bench().page.locator('.canvas-node[data-node="text"]');
    await settles(text, /hello to every place/);
    expect(await text.locator('.labpath-cell').count()).toBe(0);
  });
});

describe('on paper', () => {
  it('a note shows its outputs, each below its own cell, and nothing to press', async () => {
    const { page } = bench();
    await page.evaluate(() => window.workbench?.renderForPrint('Places.md'));
    await page.emulateMedia({ media: 'print' });
    const paper = page.locator('.print');
    expect(await output(twins(paper)).allInnerTexts()).toEqual(['count is 1', 'count is 2', 'count is 2']);
    await settles(output(paper.locator('.labpath-cell[data-cell="greets"]')), /^hello to every place$/);
    expect(await buttonsIn(paper).count()).toBe(0);
    // What never ran has nothing to show there.
    expect(await paper.locator('.labpath-cell[data-cell="many"]').isVisible()).toBe(false);
    await bench().screenshot('cells-paper');
    await page.emulateMedia({ media: 'screen' });
    await paper.evaluate((element) => element.remove());
  });
});

describe('a pop-out window', () => {
  let popout: Page;

  /** Moves the note into a window of its own. Frames and timers of the main window stop, as when it is minimised. */
  async function popOut(note: string): Promise<void> {
    const { page } = bench();
    await bench().openNote(note, 'live');
    const opened = page.context().waitForEvent('page');
    await bench().runCommand('workspace:move-to-new-window');
    popout = await opened;
    await popout.locator('.labpath-cell').first().waitFor();
    await page.evaluate(() => {
      window.requestAnimationFrame = () => 0;
      const before = window.setInterval.bind(window);
      window.setInterval = ((run: () => void, ms: number) =>
        ms >= 1000 ? 0 : before(run, ms)) as typeof window.setInterval;
    });
  }

  async function card(id: string): Promise<Locator> {
    await scrollTo(bench(), id);
    return popout.locator(`.labpath-cell[data-cell="${id}"]`);
  }

  beforeAll(() => popOut('Shown.md'));

  afterAll(async () => {
    await popout.close();
    await bench().reload();
  });

  it('looks as the main window does, also when the theme changes', async () => {
    const look = (page: Page) =>
      page
        .locator('.labpath-cell-card')
        .first()
        .evaluate((element) => {
          const { borderRadius, backgroundColor } = getComputedStyle(element);
          return { borderRadius, backgroundColor };
        });
    await expect.poll(async () => (await look(popout)).borderRadius).not.toBe('0px');
    const light = await look(popout);
    await bench().setTheme('dark');
    await expect.poll(async () => (await look(popout)).backgroundColor).not.toBe(light.backgroundColor);
    await popout.screenshot({ path: (await bench().screenshot('cells-popout-main')).replace('-main', '') });
    await bench().setTheme('light');
  });

  it('is drawn at its own frames and ticks by its own clock', async () => {
    const waits = await card('waits');
    await runButton(waits).click();
    await settles(status(waits), /^Running\s*· [2-9] s/);
    await runButton(await card('release')).click();
    await settles(output(await card('waits')), /^went$/);
  });

  it('is typed into where its cursor stands', async () => {
    const root = await bench().page.evaluate(() => {
      const editor = window.workbench?.app.workspace.activeEditor?.editor as { cm?: EditorView } | undefined;
      return editor?.cm?.root === activeDocument && activeDocument !== document;
    });
    expect(root).toBe(true);
    await card('greets');
    await popout.locator('.cm-line', { hasText: 'Where the path stands' }).click();
    await popout.keyboard.press('End');
    await popout.keyboard.type(' And here.');
    await popout.locator('.cm-line', { hasText: /is said above\. And here\.$/ }).waitFor();
    await settles(output(await card('greets')), /^hello to every place$/);
  });

  it('has its own clipboard and its own marks', async () => {
    const many = await card('many');
    await runButton(many).click();
    await settles(status(many), /^Exit 0/);
    const wrote = popout.evaluate(
      () =>
        new Promise<string>((resolve) => {
          navigator.clipboard.writeText = (text) => Promise.resolve(resolve(text));
        }),
    );
    await many.getByRole('button', { name: 'Copy output' }).click();
    expect(await wrote).toMatch(/^1\n2\n/);
    await many.getByRole('button', { name: 'More actions' }).click();
    await popout.locator('.menu').getByText('Search the output', { exact: true }).click();
    await many.getByRole('searchbox').fill('2');
    await settles(many.locator('.labpath-search-count'), /^1 of 13$/);
    expect(await popout.evaluate(() => CSS.highlights.get('labpath-match')?.size)).toBe(12);
    await many.getByRole('searchbox').press('Escape');
  });

  it('has terminals that are as wide as it is', async () => {
    const screen = await card('screen');
    await runButton(screen).click();
    await screen.locator('.xterm-screen').waitFor();
    const width = () => screen.locator('.xterm-screen').evaluate((element) => element.clientWidth);
    const before = await width();
    await popout.setViewportSize({ width: 600, height: 700 });
    await expect.poll(width).toBeLessThan(before - 50);
    await popout.screenshot({
      path: (await bench().screenshot('cells-popout-main')).replace('-main', '-terminal'),
    });
    await screen.locator('textarea').focus();
    await popout.keyboard.press('Enter');
    await settles(status(screen), /^Exit 0/);
  });

  it('keeps checks going that run by themselves', async () => {
    await popout.close();
    await bench().reload();
    await bench().openNote('Watched.md', 'live');
    await bench().page.locator('.labpath-lab [data-action="start"]').click();
    await settles(bench().page.locator('.labpath-lab-said'), /^\d+$/);
    await popOut('Watched.md');
    const said = popout.locator('.labpath-lab-said');
    const before = Number(await said.innerText());
    await expect
      .poll(async () => Number(await said.innerText()), { timeout: 20_000 })
      .toBeGreaterThan(before);
  });
});

describe('the page', () => {
  it('reported no error', () => {
    expect(bench().errors).toEqual([]);
  });
});
