import { beforeEach, describe, expect, it } from 'vitest';
import { cell, output, press, runButton, settles, status } from './cells';
import { useCells } from './cellsBench';
import type { Harness } from './harness';

const { bench, run } = useCells({ note: 'Trial.md', first: 'fails', opensOnce: true });

describe('a cell in Live Preview', () => {
  beforeEach(() => bench().openNote('Trial.md', 'live'));

  it('shows the exit status of a failing program, and keeps its session', async () => {
    const card = await cell(bench(), 'fails');
    await settles(status(card), /^Exit 3 · /);
    expect(await output(card).innerText()).toBe('about to fail');
  });

  it('shows colours as classes of the theme and as the colours asked for', async () => {
    const card = await run('colours');
    await settles(status(card), /^Exit 0/);
    expect(await output(card).locator('.labpath-fg-1').innerText()).toBe('red');
    const orange = output(card).locator('.labpath-fg-own');
    expect(await orange.evaluate((element) => getComputedStyle(element).color)).toBe('rgb(255, 135, 0)');
  });

  it('folds a long output and shows all of it on request', async () => {
    const card = await run('long');
    await settles(output(card), /476 lines folded\n485[\s\S]*\n500$/);
    await card.getByRole('button', { name: 'Show all 500 lines' }).click();
    await settles(output(card), /\n250\n/);
    await card.getByRole('button', { name: 'Fold output' }).click();
    await settles(output(card), /476 lines folded/);
  });

  it('sends a line to a program that waits for one, and the session keeps what it read', async () => {
    const card = await run('asks');
    await settles(output(card), /Your name:/);
    const field = card.getByRole('textbox', { name: 'Input for the running program' });
    await field.fill('Ada');
    await field.press('Enter');
    await settles(status(card), /^Exit 0/);
    const next = await run('keeps');
    await settles(output(next), /^still here, Ada$/);
  });

  it('is interrupted by the command, wherever the cursor stands', async () => {
    const card = await run('sleep');
    await settles(status(card), /^Running/);
    expect(await bench().runCommand('labpath:interrupt')).toBe(true);
    await settles(status(card), /^Interrupted/, 5_000);
  });

  it('keeps its output while text is typed above it and in its own code', async () => {
    const unnamed = bench().page.locator('.labpath-cell[data-cell^="cell-"]:visible').first();
    await cell(bench(), 'slow');
    await runButton(unnamed).click();
    await settles(output(unnamed), /^unnamed$/);
    await edit(bench(), 'echo unnamed', 'echo unnamed # once');
    await edit(bench(), '# Trial', '# Trial\n\nA new first line.');
    await cell(bench(), 'slow');
    expect(await output(unnamed).innerText()).toBe('unnamed');
    expect(await settles(status(unnamed), /Code changed since/)).toContain('Exit 0');
  });

  it('shows no widgets in Source mode', async () => {
    await bench().setMode('source');
    expect(await bench().page.locator('.labpath-cell').count()).toBe(0);
    await bench().setMode('live');
  });

  it('goes on when its note is renamed while it runs', async () => {
    const card = await run('slow');
    await settles(output(card), /tick 2/);
    await bench().page.evaluate(async () => {
      const app = window.workbench?.app;
      const file = app?.vault.getFileByPath('Trial.md');
      if (file) await app?.fileManager.renameFile(file, 'Renamed.md');
    });
    await settles(output(card), /tick 6/);
    await settles(status(card), /^Exit 0/);
    await bench().reload();
    await bench().openNote('Renamed.md', 'live');
    expect(await output(await cell(bench(), 'slow')).innerText()).toContain('tick 6');
    await bench().page.evaluate(async () => {
      const app = window.workbench?.app;
      const file = app?.vault.getFileByPath('Renamed.md');
      if (file) await app?.fileManager.renameFile(file, 'Trial.md');
    });
  });

  it('runs all cells after listing them, and says which are left out and why', async () => {
    expect(await bench().runCommand('labpath:run-above')).toBe(true);
    const dialog = bench().page.locator('.modal');
    await dialog.waitFor();
    expect(await dialog.innerText()).toMatch(/^Run \d+ cells on lab\?/);
    await bench().screenshot('run-above-light');
    await press(bench().page, 'Cancel');
  });
});

describe('the page', () => {
  it('reported no error', () => {
    expect(bench().errors).toEqual([]);
  });
});

/** Replaces text in the editor as typing would. */
async function edit(harness: Harness, from: string, to: string): Promise<void> {
  await harness.page.evaluate(
    ({ from, to }) => {
      const editor = window.workbench?.app.workspace.activeEditor?.editor;
      const at = editor?.getValue().indexOf(from) ?? -1;
      if (!editor || at === -1) throw new Error(`The note does not hold "${from}".`);
      editor.replaceRange(to, editor.offsetToPos(at), editor.offsetToPos(at + from.length));
    },
    { from, to },
  );
}
