import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cell, output, press, runButton, settles, status } from './cells';
import { openWorkbench, type Harness } from './harness';
import { startLab, type TestLab } from './labMachine';

const run = promisify(execFile);

/** A vault with one note, whose cells print, wait, fail and flood. */
async function smallVault(): Promise<string> {
  const vault = await mkdtemp(join(tmpdir(), 'labpath-vault-'));
  await writeFile(
    join(vault, 'Cells.md'),
    [
      '```bash {#hello}\necho hello\n```',
      '```bash {#slow}\nsleep 2; echo late\n```',
      "```bash {#hostile}\nprintf '<img src=x onerror=alert(1)>\\e]52;c;aGk=\\a\\e]0;title\\a\\e[31mred\\e[0m [[link]]\\n'\n```",
      '```bash\nsleep 3; echo unnamed\n```',
      '```bash {#flood}\nseq 200000\n```',
      '```bash {#never-closed}\necho open\n',
    ].join('\n\n'),
  );
  await writeFile(
    join(vault, 'Broken map.md'),
    '---\ntype: map\ntags: [unclosed\n---\n\n## Structure\n\n- **Something** - to come (planned)\n',
  );
  return vault;
}

describe('without a lab machine', () => {
  let bench: Harness;
  let vault: string;

  beforeAll(async () => {
    vault = await smallVault();
    bench = await openWorkbench({ vault });
  });

  afterAll(async () => {
    await bench?.close();
    await rm(vault, { recursive: true, force: true });
  });

  it('says below the cell that the machine is down and how to start it', async () => {
    await bench.openNote('Cells.md', 'live');
    const card = await cell(bench, 'hello');
    await runButton(card).click();
    await press(bench.page, 'Run on lab');
    const words = await settles(card.locator('.labpath-problem'), /lab machine/);
    expect(words).toContain('labpath lab up');
    await bench.screenshot('machine-down-light');
  });

  it('shows a fence that never closes as such, without a button to run it', async () => {
    const card = await cell(bench, 'never-closed');
    expect(await card.innerText()).toContain('never closes');
    expect(await runButton(card).isVisible()).toBe(false);
  });

  it('keeps a map with broken frontmatter in the path and names the line', async () => {
    await bench.openNote('Broken map.md', 'live');
    await bench.runCommand('labpath:open-path');
    const view = bench.page.locator('.labpath-path');
    await view.waitFor();
    await settles(view.locator('.labpath-progress-words'), /to write/);
    expect(await view.locator('.labpath-warnings').textContent()).toMatch(/line \d/i);
    await bench.screenshot('broken-map-light');
  });
});

describe('on a lab machine', () => {
  let bench: Harness;
  let vault: string;
  let machine: TestLab;

  beforeAll(async () => {
    machine = await startLab();
    vault = await smallVault();
    bench = await openWorkbench({
      vault,
      stateFolder: machine.stateFolder,
      env: machine.env,
      allowedPorts: () => [machine.record.port],
    });
  });

  afterAll(async () => {
    await bench?.close();
    await machine?.stop();
    await rm(vault, { recursive: true, force: true });
  });

  it('keeps the run of a note that is renamed meanwhile', async () => {
    await bench.openNote('Cells.md', 'live');
    const card = await cell(bench, 'slow');
    await runButton(card).click();
    await press(bench.page, 'Run on lab');
    await settles(status(card), /^Running/);
    await bench.page.evaluate(async () => {
      const app = window.workbench?.app;
      const file = app?.vault.getFileByPath('Cells.md');
      if (app && file) await app.fileManager.renameFile(file, 'Renamed.md');
    });
    const renamed = await cell(bench, 'slow');
    await settles(status(renamed), /^Exit 0 · /);
    expect(await output(renamed).innerText()).toBe('late');
  });

  it('keeps output and interrupt of a cell that has no name while its code is being edited', async () => {
    await cell(bench, 'slow');
    const card = bench.page.locator('.labpath-cell[data-cell^="cell-"]:visible').first();
    await card.scrollIntoViewIfNeeded();
    await runButton(card).click();
    await settles(status(card), /^Running/);
    await typeBehind(bench, 'echo unnamed');
    expect(await card.locator('.labpath-interrupt').isVisible()).toBe(true);
    await settles(status(card), /^Exit 0 · /);
    expect(await output(card).innerText()).toBe('unnamed');
    await typeBehind(bench, 'echo unnamed');
    expect(await output(card).innerText()).toBe('unnamed');
    expect(await card.innerText()).toContain('Code changed since');
  });

  it('shows hostile output as text', async () => {
    const card = await cell(bench, 'hostile');
    await runButton(card).click();
    await settles(status(card), /^Exit 0 · /);
    expect(await output(card).innerText()).toBe('<img src=x onerror=alert(1)>red [[link]]');
    expect(await output(card).locator('img, a').count()).toBe(0);
  });

  it('stays usable while a cell floods, and keeps head and tail', async () => {
    const card = await cell(bench, 'flood');
    await runButton(card).click();
    await settles(status(card), /^Exit 0 · /, 30_000);
    const shown = await output(card).innerText();
    expect(shown.startsWith('1\n2\n')).toBe(true);
    expect(shown.endsWith('200000')).toBe(true);
    expect(shown.length).toBeLessThan(100_000);
  });

  it('says that the login was refused when the key is the wrong one', async () => {
    await bench.runCommand('labpath:restart-session');
    const key = machine.record.identityFile;
    await rm(key);
    await run('ssh-keygen', ['-q', '-t', 'ecdsa', '-N', '', '-f', key, '-C', 'another']).catch(
      () => undefined,
    );
    await bench.reload();
    await bench.openNote('Renamed.md', 'live');
    const card = await cell(bench, 'hello');
    await runButton(card).click();
    const words = await settles(card.locator('.labpath-problem'), /refused the login/);
    expect(words).not.toContain('PRIVATE KEY');
  });
});

/** Types two letters, as a user would, behind a text of the open note. */
async function typeBehind(bench: Harness, text: string): Promise<void> {
  await bench.page.evaluate((wanted) => {
    const editor = window.workbench?.app.workspace.activeEditor?.editor;
    if (!editor) return;
    const offset = editor.getValue().indexOf(wanted) + wanted.length;
    editor.focus();
    editor.setCursor(editor.offsetToPos(offset));
  }, text);
  await bench.page.keyboard.type('xy');
}
