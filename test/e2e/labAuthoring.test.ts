import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scanCells } from '../../src/cells/scan';
import { dispatch } from '../../src/cli/dispatch';
import { FakeIo } from '../cli/fakeIo';
import { press, runButton, settles } from './cells';
import { useLabBench } from './labBench';

const { bench } = useLabBench({ vault: 'lab-vault' });

const onDisk = (note: string) => readFileSync(join(bench().vault, note), 'utf8');
const dialog = () => bench().page.locator('.modal');
const words = () => bench().page.locator('.labpath-lab:visible .labpath-lab-words');

describe('writing a lab', () => {
  it('begins with one that works', async () => {
    expect(await bench().runCommand('labpath:new-lab')).toBe(true);
    await dialog().getByRole('textbox', { name: 'Title of the lab' }).fill('Two ends');
    await bench().screenshot('lab-new');
    await press(bench().page, 'Create note');
    await settles(words(), /2 checks, 2 faults/);
    expect(onDisk('Two ends.md')).toMatch(/^title: Two ends$/m);
  });

  it('never overwrites a note', async () => {
    const before = onDisk('Two ends.md');
    await bench().runCommand('labpath:new-lab');
    await dialog().getByRole('textbox', { name: 'Title of the lab' }).fill('Two ends');
    await press(bench().page, 'Create note');
    await settles(
      bench().page.locator('.notice'),
      /The note Two ends\.md exists already\. Choose another title\./,
    );
    expect(onDisk('Two ends.md')).toBe(before);
  });

  it('captures what a fault looks like, below the fault', async () => {
    expect(await bench().runCommand('labpath:capture-symptom')).toBe(true);
    await bench().page.locator('.prompt').getByText('cable-down (breaks carrier, reach)').click();
    await press(bench().page, 'Run on lab');
    await settles(bench().page.locator('.notice').last(), /The fault cable-down shows in: cable\./, 60_000);
    await expect
      .poll(() => onDisk('Two ends.md'), { timeout: 15_000 })
      .toMatch(
        /ip -n right link set eth0 down\n```\n\n```text \{expect of=cable fault=cable-down\}\n\S*DOWN\n```/,
      );
    // Nothing of it is left on, and no attempt has begun.
    await settles(words(), /2 checks, 2 faults/);
  });

  it('ends with one that the prover finds true, the captured symptom among it', async () => {
    const io = new FakeIo(bench().vault);
    Object.assign(io.env, process.env);
    const status = await dispatch(['verify', 'Two ends.md', '--jobs', '1'], io);
    expect(io.stdout).toContain('✓ Two ends: proved, 2 faults × 2 checks');
    expect(status).toBe(0);
  }, 240_000);

  it('underlines what is not written right while it is written, and says why', async () => {
    const broken = '```bash {fault #typo breaks=carier}';
    await bench().page.evaluate((text) => {
      const editor = window.workbench?.app.workspace.activeEditor?.editor;
      editor?.setValue(editor.getValue().replace('```bash {fault #cable-down breaks=carrier,reach}', text));
      const at = { line: editor?.getValue().split('\n').indexOf(text) ?? 0, ch: 12 };
      editor?.setCursor(at);
      editor?.scrollIntoView({ from: at, to: at }, true);
    }, broken);
    const underlined = bench()
      .page.locator('.cm-lintRange-error:visible')
      .filter({ hasText: 'typo' })
      .first();
    await underlined.hover();
    await settles(
      bench().page.locator('.cm-tooltip-lint'),
      /there is no check of that name; did you mean `carrier`\?/,
    );
    await bench().screenshot('lab-lint');
  });

  it('makes lab cells of what was tried out', async () => {
    await bench().openNote('Tried.md', 'live');
    const cells = bench().page.locator('.labpath-cell:visible');
    for (const nth of [0, 1]) {
      await runButton(cells.nth(nth)).click();
      await settles(cells.nth(nth).locator('.labpath-status'), /^Exit 0/);
    }
    expect(await bench().runCommand('labpath:record-lab')).toBe(true);
    await dialog().waitFor();
    await bench().screenshot('lab-record');
    await dialog().getByRole('combobox').first().selectOption('setup');
    await press(bench().page, 'Write into the note');
    await expect
      .poll(() => scanCells(onDisk('Tried.md')).map(({ info, source }) => [info, source]), {
        timeout: 15_000,
      })
      .toEqual([
        ['bash {setup #mkdir-p-run}', 'mkdir -p /run/tried'],
        ['bash {observe #ls-d-run}', 'ls -d /run/tried'],
        ['text {expect of=ls-d-run}', '/run/tried'],
      ]);
    expect(bench().errors).toEqual([]);
  });
});
