import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cell, output, press, runButton, settles, status } from './cells';
import { openWorkbench, type Harness } from './harness';
import { startLab, type TestLab } from './labMachine';

const map = 'MOC - Hands-on Container Labs.md';
const planned = 'Measuring a fleet';
const lab = 'Labs/How to create and connect network namespaces.md';

let machine: TestLab;
let bench: Harness;

beforeAll(async () => {
  machine = await startLab();
  bench = await openWorkbench({
    stateFolder: machine.stateFolder,
    env: machine.env,
    allowedPorts: () => [machine.record.port],
  });
  // Every row of the sample vault's tracks is written; a track of one's own is not.
  const file = join(bench.vault, map);
  const text = await readFile(file, 'utf8');
  const [row] = /^4\. \*\*\[\[Performance analysis\]\]\*\*.*$/m.exec(text) ?? [];
  if (row === undefined) throw new Error(`${map} has no row for the test to change.`);
  await writeFile(file, text.replace(row, `4. **${planned}** - Measure first (planned)`));
});

afterAll(async () => {
  await bench?.close();
  await machine?.stop();
});

describe('a vault that is opened for the first time', () => {
  it('shows the note to start with', async () => {
    const title = bench.page.locator('.view-header-title', { hasText: 'Start here' });
    await title.waitFor();
    expect(await title.isVisible()).toBe(true);
  });
});

describe('the map', () => {
  it('shows behind each row how far its note is, in Live Preview', async () => {
    await bench.openNote(map, 'live');
    const chips = bench.page.locator('.markdown-source-view .labpath-row-chip');
    await chips.first().waitFor();
    expect(await chips.count()).toBeGreaterThan(5);
    // Only what is in sight is drawn, and the first rows are written.
    const creates = bench.page.locator('.labpath-row-chip.is-planned .labpath-chip-create');
    const scroller = bench.page.locator('.markdown-source-view .cm-scroller');
    await expect
      .poll(
        async () => {
          await scroller.evaluate((element) => element.scrollBy(0, element.clientHeight / 2));
          return creates.count();
        },
        { timeout: 60_000, interval: 500 },
      )
      .toBeGreaterThan(0);
    await bench.screenshot('map-live-preview-light');
  });

  it('shows the same in Reading view', async () => {
    await bench.setMode('reading');
    const chips = bench.page.locator('.markdown-reading-view .labpath-row-chip');
    await chips.first().waitFor();
    const row = bench.page.locator('.markdown-reading-view li', { hasText: planned });
    expect(await row.locator('.labpath-state-word').innerText()).toBe('Planned');
    await bench.screenshot('map-reading-light');
  });

  it('says the progress in the status bar, and a click there opens the path', async () => {
    const bar = bench.page.getByRole('button', { name: 'Open the learning path' });
    expect(await settles(bar, /^Path \d+\/\d+$/)).toMatch(/^Path 0\/\d+$/);
    await bar.click();
    await bench.page.locator('.labpath-path-canvas canvas').first().waitFor();
  });
});

describe('the path view', () => {
  it('says the progress in words and lists every track and row for those who do not see the picture', async () => {
    const view = bench.page.locator('.labpath-path');
    expect(await view.locator('.labpath-progress-words').innerText()).toMatch(
      /^0 of \d+ completed · \d+ to write$/,
    );
    const tracks = await view.locator('.labpath-list-group h4').allTextContents();
    expect(tracks.slice(0, 3)).toEqual(['Beginner Track', 'Intermediate Track', 'Advanced Track']);
    await bench.screenshot('path-light');
    await bench.setTheme('dark');
    await bench.screenshot('path-dark');
    await bench.setTheme('light');
  });

  it('is walked with the arrow keys and offers to create a planned note', async () => {
    const canvas = bench.page.locator('.labpath-path-canvas');
    await canvas.focus();
    for (const key of [...Array<string>(5).fill('ArrowRight'), 'ArrowDown', 'Enter']) await canvas.press(key);
    const card = bench.page.locator('.labpath-card');
    await card.waitFor();
    expect(await card.innerText()).toContain('Planned');
    expect(await card.locator('.labpath-card-title').innerText()).toBe(planned);
    await bench.screenshot('path-card-light');
  });

  it('creates the note after showing what it will be, and links its row when told to', async () => {
    const { page, vault } = bench;
    const before = await readFile(join(vault, map), 'utf8');
    const title = await page.locator('.labpath-card-title').innerText();
    await page.locator('.labpath-card').getByRole('button', { name: 'Create note' }).click();
    const dialog = page.locator('.modal');
    await dialog.waitFor();
    expect(await dialog.innerText()).toContain(`${title}.md`);
    await dialog.locator('input[type=checkbox]').check();
    await bench.screenshot('create-planned-note-light');
    await press(page, 'Create note');
    await page.locator(':is(.markdown-source-view, .markdown-reading-view):visible').first().waitFor();
    const after = await settled(
      () => readFile(join(vault, map), 'utf8'),
      (text) => text !== before,
    );
    expect(after).toContain(`[[${title}]]`);
    const changed = after.split('\n').filter((line, i) => line !== before.split('\n')[i]);
    expect(changed.every((line) => line.includes(`[[${title}]]`))).toBe(true);
    expect(await readFile(join(vault, `${title}.md`), 'utf8')).toContain('status: stub');
  });
});

describe('a lab', () => {
  it('has a strip above it that can start it, in the same pane that showed another note', async () => {
    await bench.openNote(lab, 'live');
    await bench.page.locator('.labpath-lab:visible').getByRole('button', { name: 'Start' }).waitFor();
  });

  it('asks once before it runs code on a host, naming the host and showing the code', async () => {
    await bench.openNote(lab, 'live');
    const card = await cell(bench, 'start');
    expect(await runButton(card).innerText()).toBe('Run on lab');
    await runButton(card).click();
    const dialog = bench.page.locator('.modal');
    await dialog.waitFor();
    expect(await dialog.innerText()).toContain('echo "Clean: no red, no blue."');
    await bench.screenshot('first-run-light');
    await press(bench.page, 'Run on lab');
    await settles(status(card), /^Exit 0 · /);
    expect(await output(card).innerText()).toBe('Clean: no red, no blue.');
  });

  it('runs further cells in one live session, without asking again', async () => {
    for (const id of ['create', 'list']) {
      const card = await cell(bench, id);
      await runButton(card).click();
      await settles(status(card), /^Exit 0 · /);
    }
    expect(await output(await cell(bench, 'list')).innerText()).toBe('blue\nred');
    await expect.poll(() => bench.page.locator('.notice').count(), { timeout: 15_000 }).toBe(0);
    await bench.screenshot('lab-live-preview-light');
  });

  it('shows where a cell ran', async () => {
    const card = await cell(bench, 'list');
    expect(await card.locator('.labpath-where').innerText()).toMatch(/^root@lab:\//);
  });

  it('asks for a placeholder before it runs, and remembers the value for the note', async () => {
    const card = await cell(bench, 'look');
    await runButton(card).click();
    const field = card.getByRole('combobox', { name: 'ns' });
    await field.fill('red');
    await bench.screenshot('placeholder-light');
    await field.press('Enter');
    await settles(status(card), /^Exit 0 · /);
    expect(await output(card).innerText()).toContain('lo:');
    expect(await card.locator('.labpath-chip-button').innerText()).toBe('ns = red');
  });

  it('shows the exit status of a cell that fails', async () => {
    const card = await cell(bench, 'reach');
    await runButton(card).click();
    await settles(status(card), /^Exit [1-9]\d* · /, 30_000);
    expect(await card.getAttribute('class')).toContain('is-failed');
    await bench.screenshot('failing-check-light');
  });

  it('stops what runs on, and shows the exit status that the program gave then', async () => {
    for (const id of ['lo', 'veth', 'move', 'address', 'up']) {
      const step = await cell(bench, id);
      await runButton(step).click();
      await settles(status(step), /^Exit 0 · /);
    }
    const card = await cell(bench, 'watch');
    await runButton(card).click();
    await settles(output(card), /icmp_seq=2/);
    await bench.screenshot('running-light');
    await card.locator('.labpath-interrupt').click();
    // ping prints its statistics at ^C and ends well.
    await settles(status(card), /^Exit 0 · /);
    expect(await output(card).innerText()).toContain('ping statistics');
  });

  it('interrupts a sleep', async () => {
    await writeFile(join(bench.vault, 'Sleep.md'), '```bash {#doze}\nsleep 300\n```\n');
    await expect
      .poll(() =>
        bench.openNote('Sleep.md', 'live').then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    const card = await cell(bench, 'doze');
    await runButton(card).click();
    await settles(status(card), /^Running/);
    const began = Date.now();
    await card.locator('.labpath-interrupt').click();
    await settles(status(card), /^Interrupted/);
    expect(Date.now() - began).toBeLessThan(10_000);
    await bench.openNote(lab, 'live');
  });

  it('shows the outputs again after a restart, without running anything', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await bench.reload();
    await bench.openNote(lab, 'live');
    const card = await cell(bench, 'list');
    expect(await output(card).innerText()).toBe('blue\nred');
    expect(await status(card).innerText()).toMatch(/^Exit 0 · /);
  });

  it('shows the same outputs in Reading view, and runs cells there', async () => {
    await bench.setMode('reading');
    const list = bench.page.locator('.markdown-reading-view .labpath-cell[data-cell="list"]');
    await list.scrollIntoViewIfNeeded();
    expect(await output(list).innerText()).toBe('blue\nred');
    await runButton(list).click();
    await settles(list.locator('.labpath-status'), /Running|Exit 0/);
    await settles(status(list), /^Exit 0 · /);
    await bench.screenshot('lab-reading-light');
    await bench.setTheme('dark');
    await bench.screenshot('lab-reading-dark');
    await bench.setMode('live');
    await cell(bench, 'ping');
    await bench.screenshot('lab-live-preview-dark');
    await bench.setTheme('light');
  });

  it('prints outputs without buttons', async () => {
    const text = await bench.page.evaluate(async (note) => {
      const page = await window.workbench?.renderForPrint(note);
      const card = page?.querySelector('.labpath-cell[data-cell="list"]');
      const shown = {
        output: card?.querySelector('.labpath-output')?.textContent,
        runs: card?.querySelectorAll('.labpath-run:not(.labpath-hidden)').length,
      };
      page?.remove();
      return shown;
    }, lab);
    expect(text.output).toMatch(/^blue.*red/);
    expect(text.runs).toBe(0);
  });

  it('left no error behind on the page', () => {
    expect(bench.errors).toEqual([]);
  });
});

async function settled<T>(read: () => Promise<T>, fits: (value: T) => boolean): Promise<T> {
  for (let round = 0; ; round++) {
    const value = await read();
    if (fits(value) || round > 100) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
