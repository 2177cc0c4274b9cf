/** What a cell's output can do, in a browser against a real lab machine. */
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { cell, output, settles, status } from './cells';
import { useCells } from './cellsBench';

const { bench, run, menu } = useCells({ note: 'Outputs.md', first: 'json', opensOnce: true });

const noteText = () => readFile(join(bench().vault, 'Outputs.md'), 'utf8');

/** The note on disk, once what was changed in its editor has been saved. */
async function savedText(holds: RegExp): Promise<string> {
  for (let i = 0; i < 100; i++) {
    const text = await noteText();
    if (holds.test(text)) return text;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The note does not hold ${String(holds)}: ${await noteText()}`);
}

describe('an output', () => {
  beforeEach(() => bench().openNote('Outputs.md', 'live'));

  it('that is JSON is shown as a table on request', async () => {
    const card = await cell(bench(), 'json');
    await settles(status(card), /^Exit 0/);
    await menu(card, 'Show as table');
    const table = card.locator('.labpath-table');
    expect(await table.locator('th').allInnerTexts()).toEqual(['ifname', 'mtu', 'flags']);
    expect(await table.locator('tbody tr').first().locator('td').allInnerTexts()).toEqual([
      'lo',
      '65536',
      'UP, LOOPBACK',
    ]);
    await bench().screenshot('cell-table-light');
    await menu(card, 'Show as text');
    expect(await output(card).innerText()).toContain('"ifname":"lo"');
  });

  it('is searched, and every match is counted and marked', async () => {
    const card = await run('lines');
    await settles(status(card), /^Exit 0/);
    await menu(card, 'Search the output');
    const field = card.getByRole('searchbox');
    await field.fill('LINE 3');
    await settles(card.locator('.labpath-search-count'), /^1 of 11$/);
    await field.press('Enter');
    await settles(card.locator('.labpath-search-count'), /^2 of 11$/);
    const marked = await bench().page.evaluate(() => [
      CSS.highlights.get('labpath-match')?.size,
      [...(CSS.highlights.get('labpath-match-current') ?? [])].map(String),
    ]);
    expect(marked).toEqual([10, ['line 3']]);
    await bench().screenshot('cell-search-light');
    await field.press('Escape');
    expect(await card.getByRole('searchbox').count()).toBe(0);
  });

  it('is pinned into the note as a fence, once, and replaced by the next pin', async () => {
    const card = await run('first');
    await settles(status(card), /^Exit 0/);
    await menu(card, 'Pin output into the note');
    const once = await savedText(/```output \{exit=0 host=lab date=\d{4}-\d\d-\d\d\}\nmade\n```/);
    await menu(await cell(bench(), 'first'), 'Pin output into the note');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await savedText(/```output/)).toBe(once);
  });

  it('that is not as expected shows what differs, and can be accepted', async () => {
    const card = await run('measured');
    const box = card.locator('.labpath-expectation');
    await settles(box, /Not as expected[\s\S]*Missing: finished/);
    expect(await box.locator('.is-missing').innerText()).toContain('finished');
    expect(await box.locator('.is-extra').innerText()).toContain('done');
    expect(await box.locator('.is-same').count()).toBe(2);
    await bench().screenshot('cell-expectation-light');
    await box.getByRole('button', { name: 'Accept as expected' }).click();
    await settles(box, /^As expected$/);
    expect(await savedText(/match=lines\}\nrtt 0.05 ms\nmac 02:42:ac:11:00:02\ndone\n```/)).not.toContain(
      'finished',
    );
  });

  it('that ends in the path of a picture is shown as the picture', async () => {
    const card = await run('image');
    const picture = card.locator('.labpath-image');
    await picture.waitFor();
    expect(await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1);
  });
});

describe('running a cell', () => {
  beforeEach(() => bench().openNote('Outputs.md', 'live'));

  it('runs first what it needs, once per session', async () => {
    await bench().runCommand('labpath:restart-session');
    const card = await run('second');
    await settles(output(card), /^needed: yes$/);
    const before = await status(await cell(bench(), 'first')).innerText();
    await run('second');
    await settles(status(await cell(bench(), 'second')), /^Exit 0/);
    expect(await status(await cell(bench(), 'first')).innerText()).toBe(before);
  });

  it('opens a terminal for a full-screen program, and closes it when the program leaves', async () => {
    const card = await run('full');
    const terminal = card.locator('.labpath-terminal');
    await terminal.locator('.xterm-screen').waitFor();
    await settles(terminal, /~\s+~/);
    await terminal.locator('textarea').focus();
    await bench().page.keyboard.type('iwritten in vi');
    await settles(terminal, /written in vi/);
    await bench().screenshot('cell-terminal-light');
    await bench().page.keyboard.press('Escape');
    await bench().page.keyboard.type(':wq\n');
    await settles(status(card), /^Exit 0/);
    expect(await terminal.count()).toBe(0);
  });

  it('masks what is typed when the program asks for a password', async () => {
    const card = await run('secret');
    await settles(output(card), /Password:/);
    const field = card.locator('input.labpath-input-line');
    await card.locator('input[type="password"]').waitFor();
    await field.fill('hunter2');
    await field.press('Enter');
    await settles(output(card), /got 7 characters/);
  });

  it('offers what the machine knows for a placeholder, and sets the note’s variables', async () => {
    const card = await run('param');
    const field = card.getByRole('combobox', { name: 'iface' });
    await field.waitFor();
    await card.locator('datalist option[value="lo"]').waitFor({ state: 'attached' });
    await bench().screenshot('cell-form-light');
    await field.fill('lo');
    await field.press('Enter');
    await settles(output(card), /^hello to lo$/);
    expect(await card.locator('.labpath-chip-button').innerText()).toBe('iface = lo');
  });

  it('shows on request what it changed on the machine, and how to take it back', async () => {
    const card = await cell(bench(), 'net');
    await menu(card, 'Run and show what it changes');
    const changes = card.locator('.labpath-changes');
    const text = await settles(changes, /To take it back[\s\S]*ip netns del shown-red/, 30_000);
    expect(text).toMatch(/namespace\s+added:\s+shown-red/);
    expect(text.match(/ip link del shown\d/g)).toHaveLength(1);
    expect(text).not.toContain('from all lookup');
    expect(text).toMatch(/kill \d+/);
    await bench().screenshot('cell-changes-light');
  });

  it('shows its capture and its output by time', async () => {
    const card = await run('paired');
    const rows = card.locator('.labpath-timeline tbody tr');
    await rows.first().waitFor();
    const cells = await rows.locator('td:not(.labpath-timeline-at)').allInnerTexts();
    expect(cells.filter((text) => text !== '')).toContain('from the cell');
    expect(cells.filter((text) => text.startsWith('saw'))).toEqual(['saw 1', 'saw 2', 'saw 3']);
  });

  it('says that the shell ended when the cell killed it', async () => {
    const card = await run('killed');
    await settles(status(card), /^Shell ended by KILL/);
  });
});

describe('a note that another program renames while a cell has an output', () => {
  it('keeps the output', async () => {
    await bench().openNote('Outputs.md', 'live');
    await settles(output(await cell(bench(), 'lines')), /line 60 of sixty/);
    await rename(join(bench().vault, 'Outputs.md'), join(bench().vault, 'Moved.md'));
    for (let i = 0; i < 100; i++) {
      const seen = await bench().page.evaluate(
        () => window.workbench?.app.vault.getFileByPath('Moved.md') !== null,
      );
      if (seen) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await bench().openNote('Moved.md', 'live');
    await settles(output(await cell(bench(), 'lines')), /line 60 of sixty/);
  });
});

describe('the page', () => {
  it('reported no error', () => {
    expect(bench().errors).toEqual([]);
  });
});
