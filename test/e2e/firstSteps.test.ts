import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cell, output, press, runButton, settles, status } from './cells';
import { openWorkbench, type Harness } from './harness';
import { startLab, type TestLab } from './labMachine';

/** Names that must not leave the vault. */
const canaries = ['canarybox', 'canary.example.net', 'canaryuser', 'Canary plans', 'canary-secret'];

let machine: TestLab;
let bench: Harness;
let vault: string;

beforeAll(async () => {
  machine = await startLab();
  vault = await mkdtemp(join(tmpdir(), 'labpath-newcomer-'));
  const plugin = join(vault, '.obsidian', 'plugins', 'labpath');
  await mkdir(plugin, { recursive: true });
  const host = { name: 'canarybox', address: 'canary.example.net', port: 22, user: 'canaryuser' };
  await writeFile(join(plugin, 'data.json'), JSON.stringify({ hosts: [host] }));
  await writeFile(
    join(vault, 'Canary plans.md'),
    '```bash {#far host=canarybox}\necho password=canary-secret\n```\n',
  );
  bench = await openWorkbench({
    vault,
    stateFolder: machine.stateFolder,
    env: machine.env,
    allowedPorts: () => machine.ports(),
    trustPolicy: 'change',
  });
});

afterAll(async () => {
  await bench?.close();
  await machine?.stop();
  await rm(vault, { recursive: true, force: true });
});

describe('somebody with an empty vault', () => {
  const row = (name: string) => bench.page.locator('.labpath-first-steps .setting-item', { hasText: name });

  it('is shown what is there already and what is still to do', async () => {
    expect(await bench.runCommand('labpath:first-steps')).toBe(true);
    await settles(row('A machine to run on'), /\(done\)[^]*A sandbox runs since/);
    expect(await row('A map of what to learn').innerText()).toContain('(to do)');
    expect(await row('A first run').innerText()).toContain('(to do)');
    await bench.screenshot('first-steps-light');
    await bench.setTheme('dark');
    await bench.screenshot('first-steps-dark');
    await bench.setTheme('light');
  });

  it('chooses when to be asked', async () => {
    await row('When to be asked').locator('select').selectOption('always');
    await bench.runCommand('labpath:open-path');
    await bench.runCommand('labpath:first-steps');
    expect(await row('When to be asked').locator('select').inputValue()).toBe('always');
    await row('When to be asked').locator('select').selectOption('change');
  });

  it('gets sample notes, can take them back, and gets them again', async () => {
    const map = join(bench.vault, 'Labpath sample', 'MOC - First path.md');
    await row('A map of what to learn').getByRole('button', { name: 'Write sample notes' }).click();
    await bench.page.locator('.notice').getByRole('button', { name: 'Undo' }).click();
    await settles(bench.page.locator('.notice').last(), /The sample notes are gone/);
    expect(existsSync(map)).toBe(false);
    await bench.runCommand('labpath:first-steps');
    await row('A map of what to learn').getByRole('button', { name: 'Write sample notes' }).click();
    await expect.poll(() => existsSync(map), { timeout: 15_000 }).toBe(true);
    expect(await readFile(map, 'utf8')).toBe(
      await readFile('src/views/help/sample/MOC - First path.md', 'utf8'),
    );
    await bench.runCommand('labpath:first-steps');
    await settles(row('A map of what to learn'), /This vault has a map/);
  });

  it('runs a first cell, which the panel then counts', async () => {
    await bench.openNote('Labpath sample/First cells.md', 'live');
    const where = await cell(bench, 'where');
    await runButton(where).click();
    await press(bench.page, 'Run on lab');
    await settles(status(where), /^Exit 0 · /);
    expect(await output(where).innerText()).toBe('This is lab, and I am root.');
    await bench.runCommand('labpath:first-steps');
    await settles(row('A first run'), /\(done\)/);
  });
});

describe('a report of a problem', () => {
  it('has versions and what went wrong, and nothing private', async () => {
    const { page } = bench;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await bench.openNote('Canary plans.md', 'live');
    const far = await cell(bench, 'far');
    await runButton(far).click();
    await press(page, 'Run on canarybox');
    await settles(far, /not reached|could not|refused|lost/i, 30_000);
    expect(await bench.runCommand('labpath:report-problem')).toBe(true);
    const shown = await page.locator('.labpath-report').innerText();
    await bench.screenshot('report-a-problem-light');
    await press(page, 'Copy to clipboard');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied.trim()).toBe(shown.trim());
    const { version } = JSON.parse(await readFile('manifest.json', 'utf8')) as { version: string };
    expect(copied).toContain(`- Labpath: ${version}\n`);
    expect(copied).toMatch(/- Obsidian: 1\.13\.\d+ \(API\)/);
    expect(copied).toMatch(/- Hosts: 1 in the settings; default: lab/);
    expect(copied).toMatch(/‹(login|host 1|host)›/);
    for (const canary of [...canaries, bench.vault])
      expect(copied.toLowerCase()).not.toContain(canary.toLowerCase());
  });
});

describe('the settings', () => {
  it('stand in groups and lead to the first steps and the report', async () => {
    await bench.runCommand('app:open-settings');
    const { page } = bench;
    await page.locator('.modal').getByText('Labpath', { exact: true }).click();
    const headings = await page.locator('.modal .setting-group-heading').allInnerTexts();
    expect(headings.map((text) => text.trim())).toEqual(['Running cells', 'Hosts', 'Learning path', 'Help']);
    await bench.screenshot('settings-light');
  });
});
