import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesWith } from '../support/canary';
import { cell, output, press, runButton, settles, status } from './cells';
import { openWorkbench, repository, type Harness } from './harness';
import { startLab, type TestLab } from './labMachine';

/** Searched for in all that is written. */
const passphrase = 'canary-passphrase-91d2';
const wrongPassphrase = 'canary-wrong-91d2';
const dataFile = '.obsidian/plugins/labpath/data.json';

let machine: TestLab;
let bench: Harness;
let vault: string;

beforeAll(async () => {
  machine = await startLab();
  const { port, user, identityFile } = machine.record;
  vault = await mkdtemp(join(tmpdir(), 'labpath-trust-'));
  await cp(join(repository, 'test/e2e/vault'), vault, { recursive: true });
  await mkdir(join(vault, '.obsidian/plugins/labpath'), { recursive: true });
  const protectedKey = join(dirname(identityFile), 'box_key');
  await cp(identityFile, protectedKey);
  execFileSync('ssh-keygen', ['-q', '-p', '-a', '4', '-P', '', '-N', passphrase, '-f', protectedKey]);
  const box = { name: 'box', address: '127.0.0.1', port, user, identityFile: protectedKey };
  await writeFile(
    join(vault, dataFile),
    JSON.stringify({ defaultHost: 'lab', stubFolder: '', hosts: [box] }),
  );
  await mkdir(join(machine.stateFolder, 'labpath/mine'), { recursive: true });
  const adopted = { name: 'mine', kind: 'host', destination: 'me@real.example' };
  await writeFile(join(machine.stateFolder, 'labpath/mine/adopted.json'), JSON.stringify(adopted));
  await writeFile(join(vault, 'Adopted.md'), '```bash {#mine host=mine}\nreboot <password>\n```\n');
  bench = await openWorkbench({
    vault,
    stateFolder: machine.stateFolder,
    env: machine.env,
    allowedPorts: () => [port],
  });
  await bench.openNote('Box.md', 'live');
});

afterAll(async () => {
  await bench?.close();
  await machine?.stop();
  await rm(vault, { recursive: true, force: true });
});

describe('a host of the settings that nobody vouched for', () => {
  it('is named by the button of cells whose note asks for it', async () => {
    expect(await runButton(await cell(bench, 'where')).innerText()).toBe('Run on box');
  });

  it('runs nothing when the user does not agree to run code there', async () => {
    const card = await cell(bench, 'where');
    await runButton(card).click();
    await press(bench.page, 'Cancel');
    expect(await status(card).innerText()).toBe('');
  });

  it('shows its fingerprint and is refused when the user only presses Enter', async () => {
    const card = await cell(bench, 'where');
    await runButton(card).click();
    await press(bench.page, 'Run on box');
    const dialog = bench.page.locator('.modal', { hasText: 'Fingerprint' });
    await dialog.waitFor();
    expect(await dialog.innerText()).toMatch(/SHA256:[A-Za-z0-9+/]{43}/);
    await bench.screenshot('unknown-host-key-light');
    await bench.page.keyboard.press('Enter');
    await settles(card.locator('.labpath-problem'), /SHA256:/);
    expect(await status(card).innerText()).toBe('Not run');
  });

  it('runs the cell when it is trusted for once and its key’s passphrase is given', async () => {
    const { page } = bench;
    const card = await cell(bench, 'where');
    await runButton(card).click();
    await page.locator('.modal', { hasText: 'Fingerprint' }).waitFor();
    await press(page, 'Trust once');
    const secret = page.locator('.modal input[type=password]');
    await secret.fill(wrongPassphrase);
    await secret.press('Enter');
    await page.locator('.modal', { hasText: 'That was not the passphrase' }).waitFor();
    await secret.fill(passphrase);
    await bench.screenshot('passphrase-light');
    await page.locator('.modal .checkbox-container').click();
    await secret.press('Enter');
    await settles(status(card), /^Exit 0/);
    expect(await output(card).innerText()).toBe('on lab');
    // Kept because the user said so, and only where Obsidian keeps secrets.
    const kept = await page.evaluate(() => {
      const storage = window.workbench?.app.secretStorage;
      return storage?.listSecrets().map((id) => [id.replace(/[0-9a-f]{32}$/, ''), storage.getSecret(id)]);
    });
    expect(kept).toEqual([['labpath-passphrase-', passphrase]]);
  });
});

describe('a host of the user that took the name of a lab machine', () => {
  it('S2, S21: is agreed to by what it is, and its dangers are named without secrets', async () => {
    const { page } = bench;
    await bench.openNote('Adopted.md', 'live');
    const card = await cell(bench, 'mine');
    await runButton(card).click();
    await card.locator('input[type=password]').fill('canary-58c1');
    await card.locator('input[type=password]').press('Enter');
    const question = page.locator('.modal', { hasText: 'may cost you “mine”' });
    await question.waitFor();
    const text = await question.innerText();
    expect(text).toContain('mine (me@real.example)');
    expect(text).toContain('Line 1 stops the machine: reboot ••••');
    expect(text).not.toContain('canary-58c1');
    await press(page, 'Cancel');
  });
});

describe('running all cells of a note', () => {
  it('lists what it will run and what it leaves out, and stops where a cell fails', async () => {
    const { page } = bench;
    await bench.openNote('Batch.md', 'live');
    expect(await bench.runCommand('labpath:run-all')).toBe(true);
    const dialog = page.locator('.modal', { hasText: 'Run 3 cells on lab?' });
    await dialog.waitFor();
    expect(await dialog.innerText()).toMatch(/Left out:[\s\S]*placeholder/);
    await bench.screenshot('run-all-light');
    await press(page, 'Run 3 cells');
    await press(page, 'Run on lab');
    await settles(status(await cell(bench, 'breaks')), /^Exit 1/);
    await settles(page.locator('.notice'), /Running stopped at “breaks” in line 11/);
    expect(await output(await cell(bench, 'first')).innerText()).toBe('one');
    expect(await status(await cell(bench, 'never')).innerText()).not.toMatch(/Exit/);
  });
});

describe('two panes of one note', () => {
  it('show the same run', async () => {
    const { page } = bench;
    await page.evaluate(async () => {
      const app = window.workbench?.app;
      const file = app?.vault.getFileByPath('Batch.md');
      if (file) await app?.workspace.getLeaf('split').openFile(file);
    });
    const cards = page.locator('.labpath-cell[data-cell="first"]:visible');
    await settles(cards.nth(1), /one/);
    await cards.first().locator('button[aria-label="Clear output"]').click();
    await settles(cards.nth(1).locator('.labpath-status'), /^$/);
    await runButton(cards.nth(1)).click();
    await settles(cards.first().locator('.labpath-output'), /^one$/);
  });
});

describe('the settings page', () => {
  it('S15: adds a host, keeps what is entered, and takes no key that lies in the vault', async () => {
    const { page } = bench;
    await page.locator('[aria-label="Settings"]').click();
    await page.getByLabel('Add host').click();
    await page.locator('.setting-item', { hasText: 'New host' }).locator('.clickable-icon').first().click();
    const name = page.locator('.setting-item', { hasText: 'How notes refer to this host' }).locator('input');
    await name.fill('second');
    await name.blur();
    await settlesOnDisk(/"second"/);
    const key = page.locator('.setting-item', { hasText: 'Path on this computer' });
    await key.locator('input').fill(`${bench.vault}/keys/id_ed25519`);
    await key.locator('input').blur();
    await settles(key, /This key lies in the vault/);
    await bench.screenshot('settings-host-light');
    await page.keyboard.press('Escape');
  });
});

describe('what is written to disk', () => {
  it('S16: holds no passphrase, right or wrong, nor what was filled in for a secret', async () => {
    await bench.reload();
    for (const canary of [passphrase, wrongPassphrase, 'canary-58c1']) {
      expect(await filesWith(canary, dirname(bench.vault))).toEqual([]);
      expect(await filesWith(canary, machine.stateFolder)).toEqual([]);
    }
  });

  it('is the settings, and nothing about runs', async () => {
    const stored = JSON.parse(await readFile(join(bench.vault, dataFile), 'utf8')) as object;
    expect(Object.keys(stored).sort()).toEqual([
      ...['defaultHost', 'hosts', 'learned', 'plannedMarkers', 'stubFolder', 'templateFolder'],
    ]);
  });
});

async function settlesOnDisk(expected: RegExp): Promise<void> {
  await expect.poll(() => readFile(join(bench.vault, dataFile), 'utf8')).toMatch(expected);
}
