/** Cells used as one uses them all day: commands, run all, input, copies of the output; in a browser, on a lab machine. */
import { beforeAll, describe, expect, it } from 'vitest';
import { cell, output, press, runButton, settles, status } from './cells';
import { useCells } from './cellsBench';

const { bench, run, menu } = useCells({ note: 'Use.md', first: 'three' });

beforeAll(async () => {
  await settles(status(await cell(bench(), 'three')), /^Exit 0/);
});

/** Puts the cursor into a cell's code. */
async function cursorIn(id: string): Promise<void> {
  await cell(bench(), id);
  await bench().page.evaluate((wanted) => {
    const editor = window.workbench?.app.workspace.activeEditor?.editor;
    const line =
      editor
        ?.getValue()
        .split('\n')
        .findIndex((text) => text.includes(`#${wanted}`)) ?? 0;
    editor?.setCursor({ line: line + 1, ch: 0 });
  }, id);
}

const cursorLine = () =>
  bench().page.evaluate(() => {
    const editor = window.workbench?.app.workspace.activeEditor?.editor;
    return editor?.getLine(editor.getCursor().line);
  });

const clipboard = async (): Promise<string> => {
  await bench().page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  return bench().page.evaluate(() => navigator.clipboard.readText());
};

describe('a command', () => {
  it('runs the cell at the cursor and goes to the next', async () => {
    await cursorIn('one');
    expect(await bench().runCommand('labpath:run-and-advance')).toBe(true);
    expect(await cursorLine()).toContain('labpath-e2e-mended');
    await settles(output(await cell(bench(), 'one')), /^one$/);
  });

  it('runs the cells to here, and again those that failed', async () => {
    await cursorIn('two');
    await bench().runCommand('labpath:run-to-here');
    await settles(bench().page.locator('.modal'), /^Run 2 cells on lab\?/);
    await bench().page.locator('.modal').getByRole('button', { name: /^Run/ }).first().click();
    await settles(status(await cell(bench(), 'two')), /^Exit 1/);
    await bench().runCommand('labpath:rerun-failed');
    const again = await settles(bench().page.locator('.modal'), /^Run (1|one) cell/);
    expect(again).toContain('labpath-e2e-mended');
    await press(bench().page, 'Cancel');
  });

  it('means the cell whose card has the focus, in Reading view', async () => {
    await bench().setMode('reading');
    const card = bench().page.locator('.markdown-reading-view .labpath-cell[data-cell="three"]');
    await card.getByRole('button', { name: 'Clear output' }).click();
    await settles(status(card), /^$/);
    await runButton(card).focus();
    expect(await bench().runCommand('labpath:run-and-advance')).toBe(true);
    await settles(output(card), /^three$/);
    const focused = await bench().page.evaluate(() =>
      document.activeElement?.closest('.labpath-cell')?.getAttribute('data-cell'),
    );
    expect(focused).toBe('apart');
    await bench().setMode('live');
  });

  it('ends the session: the next cell begins in a new one', async () => {
    const card = await cell(bench(), 'one');
    await card.getByRole('button', { name: 'Clear output' }).click();
    await settles(status(card), /^$/);
    await runButton(card).click();
    await settles(status(card), /^Exit 0/);
    await settles(card.locator('.labpath-where'), /This session is alive/);
    await bench().runCommand('labpath:restart-session');
    await settles(card.locator('.labpath-where'), /This session has ended/);
  });
});

describe('an output', () => {
  it('of stderr is marked where the streams are apart', async () => {
    const card = await run('apart');
    await settles(output(card), /^out\nerr$/);
    expect(await output(card).locator('.is-stderr').allInnerTexts()).toEqual(['err']);
  });

  it('that a program rewrites shows what stands there last', async () => {
    const card = await run('bar');
    await settles(status(card), /^Exit 0/);
    expect(await output(card).innerText()).toBe('one done\nsecond layer\n100 %');
  });

  it('with long lines scrolls, and wraps on request', async () => {
    const card = await run('wide');
    await settles(status(card), /^Exit 0/);
    const overflows = () => output(card).evaluate((element) => element.scrollWidth > element.clientWidth);
    expect(await overflows()).toBe(true);
    // In a narrow pane the line scrolls in its card, and the prose around it stays as wide as the pane.
    await bench().page.setViewportSize({ width: 700, height: 900 });
    const proseOverhang = () =>
      bench().page.evaluate(() => {
        const pane = document.querySelector('.cm-scroller');
        const prose = pane?.querySelector('.cm-content');
        return (prose?.clientWidth ?? Infinity) - (pane?.clientWidth ?? 0);
      });
    await expect.poll(proseOverhang).toBeLessThanOrEqual(0);
    await bench().page.setViewportSize({ width: 1440, height: 900 });
    await menu(card, 'Wrap long lines');
    await card.locator('.labpath-output.is-wrapped').waitFor();
    expect(await overflows()).toBe(false);
  });

  it('is copied, alone and with its command, and saved', async () => {
    const card = await run('three');
    await settles(status(card), /^Exit 0/);
    await clipboard();
    await card.getByRole('button', { name: 'Copy output' }).click();
    await settles(bench().page.locator('.notice').last(), /Output copied/);
    expect(await clipboard()).toBe('three');
    await menu(card, 'Copy command and output');
    await settles(bench().page.locator('.notice').last(), /Command and output copied/);
    expect(await clipboard()).toBe('$ echo three\nthree');
    const saved = bench().page.waitForEvent('download');
    await menu(card, 'Save output');
    expect((await saved).suggestedFilename()).toBe('three.txt');
  });

  it('opens in a tab of its own, which follows the cell', async () => {
    await menu(await cell(bench(), 'three'), 'Open output in a tab');
    const tab = bench().page.locator('.labpath-output-tab .labpath-output');
    await settles(tab, /^three$/);
    await bench().openNote('Use.md', 'live');
  });
});

describe('input', () => {
  it('is masked by what the terminal says, whatever the question, and the program is named', async () => {
    const card = await run('asks');
    await settles(status(card), /^Waiting for input/);
    const field = card.locator('input.labpath-input-line');
    expect(await field.getAttribute('type')).toBe('password');
    await field.fill('abcd');
    await field.press('Enter');
    await settles(output(card), /^heard 4$/);
  });

  it('goes to a shell that a cell opened, once the next cells are to run in it', async () => {
    const opens = await run('opens');
    await opens.getByRole('button', { name: 'Run next cells here' }).click();
    await settles(status(opens), /^Shell entered/);
    const inside = await run('inside');
    const deep = Number((await settles(output(inside), /^level \d+$/)).slice(6));
    await settles(status(await run('leaves')), /^Exit 0/);
    await run('inside');
    await settles(output(await cell(bench(), 'inside')), new RegExp(`^level ${deep - 1}$`));
  });
});

describe('a long run', () => {
  it('shows its time pass and who waits behind it, counts in the status bar, and tells that it ended unseen', async () => {
    const { page } = bench();
    const late = await run('late');
    await settles(status(late), /^Running\s*· [1-9]\d* s/);
    const waiting = await run('three');
    await settles(status(waiting), /^Waiting behind 1$/);
    await waiting.getByRole('button', { name: 'Interrupt' }).click();
    await settles(status(waiting), /^Exit 0/);
    await settles(status(await cell(bench(), 'late')), /^Running\s*· [1-9]\d+ s/, 60_000);
    await bench().openNote('Release.md', 'live');
    await run('release');
    await settles(page.locator('.notice').last(), /In “Use”, .* has ended: Exit 0/, 60_000);
    await bench().openNote('Use.md', 'live');
    await bench().runCommand('labpath:run-all');
    await page.locator('.modal').getByRole('button', { name: /^Run/ }).first().click();
    await settles(page.locator('.labpath-statusbar'), /^Running cells [1-9]\d*\/\d+$/, 60_000);
    await bench().runCommand('labpath:interrupt');
    await settles(page.locator('.labpath-statusbar'), /^(?!Running)/, 60_000);
  });
});

describe('a cell', () => {
  it('with an unknown key says so and names the nearest one', async () => {
    const card = await cell(bench(), 'unknown');
    await settles(card.locator('.labpath-note').first(), /`timout`[\s\S]*`timeout`/);
  });

  it('with a capture and needs runs what it needs, then both', async () => {
    await bench().runCommand('labpath:restart-session');
    const card = await run('last');
    await settles(card.locator('.labpath-timeline'), /captured[\s\S]*seen|seen[\s\S]*captured/);
    await settles(status(await cell(bench(), 'one')), /^Exit 0/);
  });
});

describe('after a restart of the app', () => {
  it('a note is as high as it will be once all its outputs are drawn', async () => {
    const { page } = bench();
    await bench().openNote('Outputs.md', 'live');
    for (const id of ['lines', 'json', 'first']) await settles(status(await run(id)), /^Exit 0/);
    await page.waitForFunction(() => JSON.stringify({ ...localStorage }).includes('line 60 of sixty'));
    await bench().reload();
    await bench().openNote('Outputs.md', 'live');
    await page.locator('.labpath-cell').first().waitFor();
    const heights = await page.evaluate(async () => {
      const scroller = [...document.querySelectorAll<HTMLElement>('.cm-scroller')].find(
        ({ clientHeight }) => clientHeight > 0,
      );
      if (!scroller) throw new Error('No editor is shown.');
      const frame = () =>
        new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const before = scroller.scrollHeight;
      let lines = 0;
      for (let top = 0; top < scroller.scrollHeight; top += scroller.clientHeight / 2) {
        scroller.scrollTop = top;
        await frame();
        lines = Math.max(lines, scroller.querySelectorAll('.labpath-line').length);
      }
      return { before, after: scroller.scrollHeight, lines };
    });
    expect(heights.lines).toBeGreaterThan(20);
    expect(Math.abs(heights.after - heights.before) / heights.after).toBeLessThan(0.04);
  });
});

describe('the page', () => {
  it('reported no error', () => {
    expect(bench().errors).toEqual([]);
  });
});
