import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settles } from './cells';
import { openWorkbench, type Harness } from './harness';

const map = 'MOC - Hands-on Container Labs.md';
const lab = 'Labs/DEBUG - Pod cannot ping other Pods on same node.md';

/** A picture takes its time on a busy machine. */
const SLOW = { timeout: 20_000 };

let bench: Harness;
beforeAll(async () => {
  bench = await openWorkbench();
});
afterAll(() => bench?.close());

const menuItem = (name: string) => bench.page.locator('.menu-item', { hasText: name });

async function openPath(): Promise<void> {
  expect(await bench.runCommand('labpath:open-path')).toBe(true);
  await bench.page.locator('.labpath-path-canvas canvas').first().waitFor();
}

describe('a note on the path', () => {
  it('says at its head where it stands and leads to its map, in Live Preview and in Reading view', async () => {
    for (const mode of ['live', 'reading'] as const) {
      await bench.openNote(lab, mode);
      const view = mode === 'live' ? '.markdown-source-view' : '.markdown-reading-view';
      const strip = bench.page.locator(`${view} .labpath-step-header`).first();
      await strip.waitFor();
      expect(await strip.innerText()).toContain('MOC - Hands-on Container Labs');
      expect(await bench.page.locator(`${view} .labpath-step-header:visible`).count()).toBe(1);
      await bench.screenshot(`step-header-${mode}`);
    }
    await bench.page.locator('.markdown-reading-view .labpath-step-header a').first().click();
    await settles(bench.page.locator('.labpath-row-chip:visible .labpath-state-word').first(), /\w/);
  });
});

describe('the path view', () => {
  it('finds and dims, shows the lines asked for, and keeps its menu for the keyboard', async () => {
    const { page } = bench;
    await bench.openNote(map, 'live');
    await openPath();
    await bench.screenshot('path-view-light');
    await page.locator('.labpath-path-search').fill('dns');
    await settles(page.locator('.labpath-path [aria-live]'), /^\d+ found$/);
    await bench.screenshot('path-search-light');
    await page.locator('.labpath-path-search').fill('');
    await page.getByRole('button', { name: 'Choose the lines shown' }).click();
    await menuItem('Prerequisites').waitFor();
    await bench.screenshot('path-edges-menu');
    await menuItem('Prerequisites').click();
    const canvas = page.locator('.labpath-path-canvas');
    await canvas.focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'm']) await canvas.press(key);
    await page.locator('.menu').waitFor();
    await bench.screenshot('path-node-menu');
    await page.keyboard.press('Escape');
  });

  it('looks at one track, and goes to what is next', async () => {
    const { page } = bench;
    await page.locator('.labpath-path-head select').nth(1).selectOption({ index: 1 });
    await bench.screenshot('path-track-light');
    await page.locator('.labpath-path-head select').nth(1).selectOption({ index: 0 });
    await page.getByRole('button', { name: 'Go to what is next' }).click();
    await page.locator('.labpath-card:visible').waitFor();
    await bench.setTheme('dark');
    await bench.screenshot('path-next-dark');
    await bench.setTheme('light');
  });

  it('saves its picture beside the map', async () => {
    const { page, vault } = bench;
    for (const format of ['SVG', 'PNG']) {
      await page.getByRole('button', { name: 'Export' }).click();
      await menuItem(`Save as ${format}`).click();
    }
    const file = join(vault, 'MOC - Hands-on Container Labs path');
    await expect
      .poll(() => readFile(`${file}.svg`, 'utf8').catch(() => ''), SLOW)
      .toContain('Beginner Track');
    await expect
      .poll(
        () =>
          readFile(`${file}.png`).then(
            (png) => png.subarray(1, 4).toString(),
            () => '',
          ),
        SLOW,
      )
      .toBe('PNG');
  });

  it('says the same as the command line', async () => {
    const { out } = await cli('path', bench.vault, '--json');
    const inApp = await bench.page
      .locator('.labpath-path-list .labpath-list-row')
      .evaluateAll((rows) =>
        rows.map((row) => [
          row.querySelector('.labpath-list-title')?.textContent,
          row.querySelector('.labpath-state-word')?.textContent?.toLowerCase(),
        ]),
      );
    const { mocs } = JSON.parse(out) as {
      mocs: { path: string; items: Row[]; tracks: { steps: Row[] }[] }[];
    };
    const moc = mocs.find(({ path }) => path === map);
    const rows = [...(moc?.tracks.flatMap(({ steps }) => steps) ?? []), ...(moc?.items ?? [])];
    const word = (row: Row) => (row.kind === 'map' && row.note !== null ? 'map' : row.state);
    expect(inApp).toEqual(rows.map((row) => [row.title, word(row)]));
  });
});

describe('all maps in one picture', () => {
  it('is what the command line draws of the vault, to the byte', async () => {
    const { page, vault } = bench;
    await page.locator('.labpath-path-head select').first().selectOption({ label: 'All maps' });
    await settles(page.locator('.labpath-path-list h3').first(), /Hands-on Container Labs/);
    await page.getByRole('button', { name: 'Export' }).click();
    await menuItem('Save as SVG').click();
    const file = join(vault, 'All maps path.svg');
    const { out } = await cli('graph', vault, '--format', 'svg');
    await expect.poll(() => readFile(file, 'utf8').catch(() => ''), SLOW).toBe(out);
    await bench.screenshot('path-all-maps');
    await page.locator('.labpath-path-head select').first().selectOption(map);
  });
});

describe('the app’s own command line', () => {
  const inApp = (command: string) =>
    bench.page.evaluate((name) => window.workbench?.runCli(`labpath:${name}`, { json: '' }), command);

  it('gives the same answers as ours', async () => {
    const { out: path } = await cli('path', bench.vault, '--json');
    expect(JSON.parse((await inApp('status')) ?? '')).toEqual(JSON.parse(path));
    const { out: stubs } = await cli('stubs', bench.vault, '--json');
    const { create } = JSON.parse(stubs) as { create: { title: string }[] };
    expect(create.length).toBeGreaterThan(2);
    expect(JSON.parse((await inApp('stubs')) ?? '')).toEqual(create.map(({ title }) => title));
    expect(JSON.parse((await inApp('next')) ?? '')).toMatchObject({ title: 'Linux Networking' });
  });
});

describe('how far one is', () => {
  it('is told for every track and section, and day by day', async () => {
    const { page } = bench;
    await page.locator('button.labpath-progress').click();
    const modal = page.locator('.modal');
    await settles(modal.locator('tr', { hasText: 'Beginner Track' }), /0 of 4 completed/);
    expect(await modal.locator('svg title').textContent()).toMatch(/planned became \d+/);
    await bench.screenshot('path-progress');
    await page.keyboard.press('Escape');
    await modal.waitFor({ state: 'hidden' });
  });

  it('can be filtered: what is still to be written stays bright', async () => {
    const { page } = bench;
    const { out } = await cli('path', bench.vault, '--json');
    const moc = (
      JSON.parse(out) as { mocs: { path: string; progress: { total: number; written: number } }[] }
    ).mocs.find(({ path }) => path === map);
    await page.getByRole('button', { name: 'Choose what stays bright' }).click();
    await menuItem('To write').click();
    const left = (moc?.progress.total ?? 0) - (moc?.progress.written ?? 0);
    await settles(page.locator('.labpath-path [aria-live]'), new RegExp(`^${left} found$`));
    await page.getByRole('button', { name: 'Shown: To write' }).click();
    await menuItem('Everything').click();
  });
});

describe('the list in the sidebar', () => {
  it('follows the note that is looked at', async () => {
    await bench.runCommand('labpath:open-path-list');
    await bench.openNote(lab, 'live');
    const here = bench.page.locator('.labpath-sidebar [aria-current]').first();
    await settles(here, /Pod cannot ping/);
    await bench.screenshot('path-sidebar');
  });

  it('gives a note that is dragged into another as a link', async () => {
    const { page, vault } = bench;
    await writeFile(join(vault, 'Mine.md'), 'words\n');
    await expect
      .poll(() =>
        bench.openNote('Mine.md', 'live').then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    const row = page.locator('.labpath-sidebar a.labpath-list-title', {
      hasText: 'Storage performance tuning',
    });
    await row.first().dragTo(page.locator('.cm-line:visible', { hasText: 'words' }));
    await expect
      .poll(() => readFile(join(vault, 'Mine.md'), 'utf8'), SLOW)
      .toContain('[[Storage performance tuning]]');
    await bench.openNote(lab, 'live');
  });

  it('marks a note as completed at once, everywhere', async () => {
    await bench.runCommand('labpath:mark-completed');
    await settles(bench.page.locator('.labpath-sidebar .labpath-progress-words'), /^1 of /);
    await settles(bench.page.locator('.labpath-statusbar'), /^Path 1\//);
    await settles(
      bench.page.locator('.labpath-step-header:visible .labpath-state-word').first(),
      /Completed/,
    );
  });
});

describe('two names of one thing', () => {
  it('become one by an alias, and the note keeps every other byte', async () => {
    const { page, vault } = bench;
    const file = join(vault, 'Lab - Twin.md');
    await writeFile(file, "---\naliases:\n  - 'x' # mine\nstatus:   ready\n---\n");
    await writeFile(join(vault, 'Twins.md'), '---\ntype: map\n---\n\n- [[Lab - Twin]]\n- Twin (planned)\n');
    await openPath();
    await expect
      .poll(() => page.locator('.labpath-path-head select').first().innerText(), SLOW)
      .toContain('Twins');
    await page.locator('.labpath-path-head select').first().selectOption('Twins.md');
    await page.getByRole('button', { name: 'Show as list' }).click();
    const rows = page.locator('.labpath-path-list .labpath-list-row');
    await rows.filter({ hasText: /^Twin/ }).click({ button: 'right' });
    await menuItem('Same as “Lab - Twin”').click();
    await expect
      .poll(() => readFile(file, 'utf8'), SLOW)
      .toBe("---\naliases:\n  - 'x' # mine\n  - Twin\nstatus:   ready\n---\n");
    await expect.poll(() => rows.filter({ hasText: 'Planned' }).count(), SLOW).toBe(0);
    await page.getByRole('button', { name: 'Show as picture' }).click();
  });
});

describe('a map that says planned of what is written', () => {
  it('is brought up to date after showing the lines that change', async () => {
    const { page, vault } = bench;
    const file = join(vault, 'Plans.md');
    await writeFile(join(vault, 'Written.md'), '---\nstatus: ready\n---\n');
    await writeFile(file, '---\ntype: map\n---\n\n- **Written** - words (planned)\n- Other (planned)\n');
    await expect
      .poll(() =>
        bench.openNote('Plans.md', 'live').then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    await page.locator('.labpath-row-chip.is-ready:visible').waitFor();
    await bench.runCommand('labpath:sync-map');
    await page.locator('.modal ins').waitFor();
    await bench.screenshot('sync-map');
    await page.getByRole('button', { name: 'Change line' }).click();
    await expect
      .poll(() => readFile(file, 'utf8'))
      .toBe('---\ntype: map\n---\n\n- **[[Written]]** - words\n- Other (planned)\n');
  });

  it('has chips in the cells of its tables too', async () => {
    const { vault, page } = bench;
    await writeFile(
      join(vault, 'Table.md'),
      '---\ntype: map\n---\n\n| note | about |\n|---|---|\n| [[Written]] | words |\n| Unwritten (planned) | more |\n',
    );
    await expect
      .poll(() =>
        bench.openNote('Table.md', 'reading').then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    const cells = page.locator('.markdown-reading-view:visible td:has(.labpath-row-chip)');
    await settles(cells.nth(1), /Unwritten.*Planned/s);
    expect(await cells.first().innerText()).toMatch(/Written\s*Ready/);
  });

  it('leaves nothing behind in the console', () => {
    expect(bench.errors).toEqual([]);
  });
});

interface Row {
  readonly title: string;
  readonly note: string | null;
  readonly state: string;
  readonly kind?: string;
}

async function cli(...args: string[]): Promise<{ out: string }> {
  const { dispatch } = await import('../../src/cli/dispatch');
  let out = '';
  await dispatch(args, { out: (text) => (out += text), err: () => undefined, cwd: '/', env: {} });
  return { out };
}
