/** What is done with all cells of a note at once, and what goes into programs that run: in a browser, on a lab machine. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { cell, output, press, runButton, settles, status } from './cells';
import { useCells } from './cellsBench';

const { bench, run, menu } = useCells({ note: 'Again.md', first: 'fresh' });

/** Ctrl+V is a key for the program in a terminal. */
const TERMINAL_PASTE = 'Control+Shift+V';

/** Says yes to the list of what would run. */
async function agree(): Promise<void> {
  await bench().page.locator('.modal').getByRole('button', { name: /^Run/ }).first().click();
}

/** Pastes into what has the focus. */
async function paste(text: string, keys = 'Control+V'): Promise<void> {
  const { page } = bench();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press(keys);
}

const unnamed = (): Locator => bench().page.locator('.labpath-cell[data-cell^="cell-"]:visible').first();

describe('all cells', () => {
  it('run in a new session after a restart', async () => {
    await settles(output(await cell(bench(), 'fresh')), /^session is new$/);
    await settles(output(await run('fresh')), /^session is old$/);
    expect(await bench().runCommand('labpath:restart-and-run-all')).toBe(true);
    await settles(bench().page.locator('.modal'), /^Run 3 cells on lab\?/);
    await agree();
    await settles(output(unnamed()), /^unnamed in session old$/);
    await settles(output(await cell(bench(), 'fresh')), /^session is new$/);
  });

  it('can be agreed to without scrolling, however long the list', async () => {
    const { page } = bench();
    await page.setViewportSize({ width: 900, height: 320 });
    await bench().runCommand('labpath:run-all');
    const dialog = page.locator('.modal');
    expect(await dialog.evaluate((element) => element.scrollHeight - element.clientHeight)).toBeGreaterThan(
      50,
    );
    const isOnTop = await dialog.getByRole('button', { name: /^Run/ }).evaluate((button) => {
      const { left, top, width, height } = button.getBoundingClientRect();
      return button.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    });
    await bench().screenshot('run-all-low');
    expect(isOnTop).toBe(true);
    await press(page, 'Cancel');
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('run with their captures', async () => {
    await menu(await cell(bench(), 'paired'), 'Copy command and output');
    await (await cell(bench(), 'paired')).getByRole('button', { name: 'Clear output' }).click();
    expect(await (await cell(bench(), 'paired')).locator('.labpath-timeline tbody tr').count()).toBe(0);
    await bench().runCommand('labpath:run-all');
    await settles(bench().page.locator('.modal'), /beside it: for i in 1 2 3/);
    await agree();
    const rows = (await cell(bench(), 'paired')).locator('.labpath-timeline tbody');
    await settles(rows, /seen 1[\s\S]*the cell says old[\s\S]*seen 3|seen 3[\s\S]*the cell says old/);
    await settles(output(unnamed()), /^unnamed in session old$/);
    await bench().screenshot('cells-all-captured');
  });
});

describe('the output of an unnamed cell in a tab', () => {
  it('stays with the cell when its code is edited', async () => {
    const { page } = bench();
    await menu(unnamed(), 'Open output in a tab');
    const tab = page.locator('.labpath-output-tab .labpath-output');
    await settles(tab, /^unnamed in session old$/);
    await page.locator('.workspace-tab-header', { hasText: 'Again' }).click();
    await page.evaluate(() => {
      const editor = window.workbench?.app.workspace.activeEditor?.editor;
      const at = editor?.getValue().indexOf('echo "unnamed') ?? -1;
      if (!editor || at === -1) throw new Error('The cell is gone.');
      editor.replaceRange('echo first; ', editor.offsetToPos(at));
    });
    await settles(status(unnamed()), /Code changed since/);
    await runButton(unnamed()).click();
    await settles(output(unnamed()), /^first\nunnamed/);
    await page.locator('.workspace-tab-header', { hasText: 'Output of' }).click();
    await settles(tab, /^first\nunnamed/);
  });
});

describe('a paste of several lines', () => {
  it('into the input line is asked about, and sent line by line', async () => {
    await bench().openNote('Typing.md', 'live');
    const card = await run('pasted');
    const field = card.locator('input.labpath-input-line');
    await field.fill('zero ');
    await field.press('End');
    await paste('one\ntwo\nrest');
    const dialog = bench().page.locator('.modal');
    await settles(dialog, /Paste 3 lines into the running program\?[\s\S]*one\s+two\s+rest/);
    await bench().screenshot('cell-paste-light');
    await press(bench().page, 'Cancel');
    expect(await field.inputValue()).toBe('zero ');
    await field.press('End');
    await paste('one\ntwo\nrest');
    await press(bench().page, 'Paste');
    // The terminal may echo the second line before or after the first is answered.
    await settles(output(card), /got zero one\n(?:two\n)?got two$/);
    expect(await field.inputValue()).toBe('rest');
  });

  it('is not asked about when it is one line', async () => {
    await bench().openNote('Typing.md', 'live');
    const card = await cell(bench(), 'pasted');
    const field = card.locator('input.labpath-input-line');
    await field.fill('');
    await paste('alone\n');
    expect(await bench().page.locator('.modal').count()).toBe(0);
    expect(await field.inputValue()).toBe('alone');
    await field.press('Enter');
    await settles(output(card), /got alone$/);
  });

  it('into the terminal is asked about, even one line that would run at once', async () => {
    await bench().openNote('Typing.md', 'live');
    const card = await cell(bench(), 'pasted');
    await menu(card, 'Open a terminal');
    await card.locator('.xterm-screen').waitFor();
    await card.locator('.xterm textarea').focus();
    await paste('end\n', TERMINAL_PASTE);
    await settles(bench().page.locator('.modal'), /Paste a line into the running program\?/);
    await press(bench().page, 'Cancel');
    await settles(status(card), /^(Running|Waiting)/);
    await paste('end\n', TERMINAL_PASTE);
    await press(bench().page, 'Paste');
    await settles(status(card), /^Exit 0/);
    await settles(output(card), /got end$/);
  });
});

describe('the page', () => {
  it('reported no error', () => {
    expect(bench().errors).toEqual([]);
  });
});
