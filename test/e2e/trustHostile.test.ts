import { mkdir, mkdtemp, cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesWith } from '../support/canary';
import { cell, menu, output, press, runButton, settles, status } from './cells';
import { openWorkbench, repository, type Harness } from './harness';
import { startLab, type TestLab } from './labMachine';

const canary = 'canary-7f3a91';
const witness = '/tmp/labpath-hostile';

let machine: TestLab;
let bench: Harness;
let vault: string;
let connections = 0;

beforeAll(async () => {
  machine = await startLab();
  const { port, user, identityFile } = machine.record;
  vault = await mkdtemp(join(tmpdir(), 'labpath-hostile-'));
  await cp(join(repository, 'test/hostile/vault'), vault, { recursive: true });
  await mkdir(join(vault, '.obsidian/plugins/labpath'), { recursive: true });
  const box = { name: 'box', address: '127.0.0.1', port, user, identityFile };
  // The vault also tries to bring its own trust.
  const data = { hosts: [box], policy: 'vault', trust: 'all', approved: ['lab', 'box'] };
  await writeFile(join(vault, '.obsidian/plugins/labpath/data.json'), JSON.stringify(data));
  await rm(witness, { force: true });
  bench = await openWorkbench({
    vault,
    stateFolder: machine.stateFolder,
    env: machine.env,
    trustPolicy: 'change',
    allowedPorts: () => {
      connections++;
      return [port];
    },
  });
});

afterAll(async () => {
  await bench?.close();
  await machine?.stop();
  await rm(vault, { recursive: true, force: true });
});

const dialog = (words: string) => bench.page.locator('.modal', { hasText: words });

async function open(note: string, id: string) {
  await bench.openNote(`${note}.md`, 'live');
  return cell(bench, id);
}

describe('S1: a hostile vault', () => {
  it('runs nothing and connects nowhere when its notes are opened in either view', async () => {
    for (const name of await readdir(vault)) {
      if (!name.endsWith('.md')) continue;
      await bench.openNote(name, 'live');
      await bench.setMode('reading');
    }
    await bench.page.waitForTimeout(300);
    expect(connections).toBe(0);
    expect(await bench.page.locator('.labpath-status:visible').allInnerTexts()).toEqual(
      (await bench.page.locator('.labpath-status:visible').allInnerTexts()).map(() => ''),
    );
    expect(existsSync(witness)).toBe(false);
  });
});

describe('S4: code that was agreed to', () => {
  it('is asked about once for the note, with the other cells to read', async () => {
    const card = await open('Agreed code that changes', 'plain');
    await runButton(card).click();
    await dialog('have not run on').waitFor();
    await dialog('have not run on').locator('summary').click();
    expect(await dialog('have not run on').innerText()).toMatch(/echo agreed[\s\S]*echo second/);
    await bench.screenshot('first-run-light');
    await press(bench.page, 'Run on lab');
    await settles(status(card), /^Exit 0/);
    const second = await cell(bench, 'second');
    await runButton(second).click();
    await settles(status(second), /^Exit 0/);
  });

  it('asks again once somebody has changed it', async () => {
    const file = join(bench.vault, 'Agreed code that changes.md');
    await writeFile(file, (await readFile(file, 'utf8')).replace('echo agreed', 'echo changed'));
    const card = await cell(bench, 'plain');
    await settles(bench.page.locator('.cm-content').first(), /echo changed/);
    await runButton(card).click();
    await dialog('not what you agreed to').waitFor();
    expect(await dialog('not what you agreed to').innerText()).toContain('echo changed');
    await press(bench.page, 'Cancel');
    expect(await output(card).innerText()).toBe('agreed');
  });
});

describe('S6: hidden characters', () => {
  it('stand in the question by their code points, which comes every time', async () => {
    const card = await open('Hidden characters', 'hidden');
    for (let round = 0; round < 2; round++) {
      await runButton(card).click();
      const question = dialog('cannot be seen');
      await question.waitFor();
      expect(await question.innerText()).toContain('echo safe‹U+202E› # ‹U+2066›gnihton‹U+2069›‹U+200B›');
      if (round === 0) await bench.screenshot('hidden-characters-light');
      await press(bench.page, 'Run on lab');
      await settles(status(card), /^Exit 0/);
    }
  });
});

describe('S21: dangerous lines', () => {
  it('are named by number, and Enter means no', async () => {
    const card = await open('Dangerous lines', 'danger');
    await runButton(card).click();
    const question = dialog('may cost you “box”');
    await question.waitFor();
    expect(await question.innerText()).toContain('Line 2 flushes the firewall: sudo iptables -F');
    expect(await question.innerText()).toContain('Line 3 writes over a disk');
    await bench.screenshot('danger-light');
    await bench.setTheme('dark');
    await bench.screenshot('danger-dark');
    await bench.setTheme('light');
    await bench.page.keyboard.press('Enter');
    await question.waitFor({ state: 'detached' });
    expect(await status(card).innerText()).toBe('');
  });
});

describe('S3: hosts a note may not choose', () => {
  it.each([
    ['Host with options', 'option'],
    ['Host with a user', 'user'],
  ] as const)('%s: the run is refused', async (note, id) => {
    const before = connections;
    const card = await open(note, id);
    await runButton(card).click();
    await bench.page
      .locator('.modal')
      .last()
      .getByRole('button', { name: /^Run on/ })
      .click();
    await settles(card.locator('.labpath-problem'), /is not the name of a host/);
    expect(connections).toBe(before);
    expect(existsSync(witness)).toBe(false);
  });
});

describe('S8, S9: hostile output', () => {
  it('is text, whatever it holds', async () => {
    const card = await open('Output as markup', 'markup');
    await runButton(card).click();
    await press(bench.page, 'Run on lab');
    await settles(status(card), /^Exit 0/);
    expect(await output(card).innerText()).toContain(
      '<img src=x onerror="window.hostile=1">\n[[Plain]] ![[Plain]]\n%% hidden %%',
    );
    expect(await output(card).locator('img, a, script, .internal-link').count()).toBe(0);
    expect(await bench.page.evaluate(() => 'hostile' in window)).toBe(false);
  });

  it('has no escapes left, and links show where they lead', async () => {
    const card = await open('Output as escapes', 'escapes');
    await runButton(card).click();
    await press(bench.page, 'Run on lab');
    await settles(status(card), /^Exit 0/);
    expect(await output(card).innerText()).toBe('abcdbank <https://evil.example/>ef');
  });
});

describe('S9: output in an open terminal', () => {
  it('is told where the cursor stands, and nothing else that it asks', async () => {
    const { page } = bench;
    const card = await open('Output that asks the terminal', 'queries');
    await runButton(card).click();
    await press(page, 'Run on lab');
    const keyboard = card.locator('.labpath-terminal textarea');
    await keyboard.waitFor({ state: 'attached' });
    await keyboard.focus();
    await keyboard.press('x');
    await settles(status(card), /^Exit 0/);
    // The last question is answered, so the others would have been before it.
    expect(await output(card).innerText()).toMatch(/^answered: \$'\\E\[\d+;\d+'$/);
  });
});

describe('S12, S16: secrets', () => {
  it('of placeholders are masked, reach the shell, and are written nowhere', async () => {
    const { page } = bench;
    const card = await open('Secret placeholder', 'secret');
    await runButton(card).click();
    const field = card.locator('input[type=password]');
    await field.fill(canary);
    await bench.screenshot('secret-placeholder-light');
    await field.press('Enter');
    const question = dialog('not what you agreed to');
    await question.waitFor();
    expect(await question.innerText()).not.toContain(canary);
    await press(page, 'Run on lab');
    await settles(status(card), /^Exit 0/);
    expect(await output(card).innerText()).toBe(String(canary.length));
    expect(await page.locator('body').innerHTML()).not.toContain(canary);
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(canary);
  });

  it('that a program prints are masked in the record of its output', async () => {
    const card = await cell(bench, 'leak');
    await runButton(card).click();
    // Its code was not shown with the first cell's, so nobody has agreed to it.
    await press(bench.page, 'Run on lab');
    await settles(status(card), /^Exit 0/);
    expect(await output(card).innerText()).toBe(`login with ${canary}`);
    const records = () => bench.page.evaluate(() => JSON.stringify(localStorage));
    await expect.poll(records).toContain('login with ••••');
  });

  it('S11: are masked in what is pinned into the note, once the user says so', async () => {
    const { page } = bench;
    const card = await cell(bench, 'leak');
    await menu(page, card, 'Pin output into the note');
    const question = dialog('what looks like a secret');
    await question.waitFor();
    expect(await question.innerText()).toContain('Line 1, a secret you entered: login with ••••');
    expect(await question.innerText()).not.toContain(canary);
    await bench.screenshot('mask-secrets-light');
    await press(page, 'Cancel');
    const onDisk = () => readFile(join(bench.vault, 'Secret placeholder.md'), 'utf8');
    expect(await onDisk()).not.toContain('login with ••••');
    await menu(page, card, 'Pin output into the note');
    await press(page, 'Mask and write');
    await expect.poll(onDisk).toMatch(/```output \{[^}]*\}\nlogin with ••••\n```/);
  });

  it('stand in no file of the vault, the browser’s profile or the lab machine’s state', async () => {
    await bench.reload();
    expect(await filesWith(canary, dirname(bench.vault))).toEqual([]);
    expect(await filesWith(canary, machine.stateFolder)).toEqual([]);
  });
});
