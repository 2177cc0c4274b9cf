import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cell, press, runButton, settles } from './cells';
import { useLabBench } from './labBench';

const { bench, machine } = useLabBench({ vault: 'lab-vault', note: 'Files.md' });

const panel = () => bench().page.locator('.labpath-lab:visible').first();
const action = (name: string) => panel().getByRole('button', { name, exact: true });
const words = () => panel().locator('.labpath-lab-words');
const onMachine = (command: string) =>
  execFileSync('ssh', ['-F', machine().record.sshConfigFile, 'lab', command], { encoding: 'utf8' });
const record = () => {
  const data = readFileSync(join(bench().vault, '.obsidian/plugins/labpath/data.json'), 'utf8');
  return (JSON.parse(data) as { learned: Record<string, Record<string, unknown>> }).learned['lab-files'];
};

/** Either of two: which comes first is a matter of chance. */
const word = () => onMachine('cat /tmp/labpath-*/word');
let firstWord = '';

describe('a lab in its note', () => {
  it('starts: asks once, sets up, and shows which checks fail, from the cable up', async () => {
    await settles(words(), /2 checks, 2 faults/);
    await action('Start').click();
    await press(bench().page, 'Run on lab');
    await settles(words(), /Running: 1 of 2 checks failing · 0 of 2 done/, 30_000);
    firstWord = word();
    await settles(
      panel().locator('.labpath-lab-advice'),
      /^Take the steps of the note, then check\. The first failing layer is app\./,
    );
    await action('Break it').click();
    await bench().page.getByRole('menuitem', { name: 'no-a' }).click();
    await settles(panel().locator('.labpath-problem-what'), /It is not built yet\./);
    expect(await panel().locator('.labpath-lab-check').allInnerTexts()).toEqual([
      expect.stringMatching(/a\s+link\s+a is there/),
      expect.stringMatching(/b\s+app\s+b is missing/),
    ]);
    await expect.poll(record).toMatchObject({ state: 'in-progress', attempts: 1 });
  });

  it('counts a check that was seen failing and passes after the learner’s step', async () => {
    await runButton(await cell(bench(), 'make-b')).click();
    await settles((await cell(bench(), 'make-b')).locator('.labpath-status'), /^Exit 0/);
    await action('Check').click();
    await settles(words(), /Running: all checks pass · 1 of 2 done/);
  });

  it('lets a check run by itself while the note is seen, and nothing at all while it is not', async () => {
    const ticks = () => Number(onMachine('cat /tmp/labpath-*/ticks | wc -l'));
    const seen = ticks();
    await expect.poll(ticks, { timeout: 15_000 }).toBeGreaterThan(seen);
    await bench().openNote('Tried.md', 'live');
    const inTwoSeconds = async () => {
      const before = ticks();
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      return ticks() - before;
    };
    // One may have been under way when the note was left.
    await expect.poll(inTwoSeconds, { timeout: 30_000 }).toBe(0);
    const rest = ticks();
    await bench().openNote('Files.md', 'live');
    await expect.poll(ticks, { timeout: 15_000 }).toBeGreaterThan(rest);
  });

  it('breaks, notices it by itself, and hints without telling', async () => {
    await action('Break it').click();
    await bench().page.getByRole('menuitem', { name: 'no-a' }).click();
    await settles(words(), /Broken: 1 of 2 checks failing/);
    // Which fault it was is not told by its cell.
    expect(await (await cell(bench(), 'no-a')).locator('.labpath-status').innerText()).toBe('');
    await action('Hint').click();
    await settles(panel().locator('.labpath-lab-shown'), /There are 1 files/);
    await bench().screenshot('lab-broken');
  });

  it('survives closing the app in the middle', async () => {
    await bench().reload();
    await bench().openNote('Files.md', 'live');
    await settles(words(), /Broken/);
    await settles(panel().locator('.labpath-lab-shown'), /There are 1 files/);
  });

  it('notices that the machine was reset meanwhile, and replays to where the learner was', async () => {
    await machine().down();
    await machine().up();
    await action('Check').click();
    await settles(
      panel().locator('.labpath-problem-what'),
      /This is not the machine the lab was started on/,
      30_000,
    );
    await panel().getByRole('button', { name: 'Replay to here' }).click();
    // The words are those of before until the replay has begun.
    await expect.poll(() => onMachine('ls /run/files 2>/dev/null || true'), { timeout: 60_000 }).toBe('b\n');
    await settles(words(), /Broken: 1 of 2 checks failing/, 30_000);
  });

  it('shows the solution in steps, and completes once everything was seen failing and passing', async () => {
    await action('Solution').click();
    await settles(panel().locator('.labpath-lab-shown.is-solution'), /touch \/run\/files\/a/);
    await runButton(await cell(bench(), 'fix-a')).click();
    await settles(words(), /Completed · \d+ min · 1 fault solved · 1 hint · due again on \d{4}/);
    // With a solution looked at it comes back after half the time, and less is thought of what was learned.
    await expect.poll(record).toMatchObject({
      state: 'completed',
      by: 'checks',
      attempts: 1,
      hints: 1,
      confidence: 'low',
      reviewDays: 15,
    });
    // The path, and the head of the note, follow at once.
    await settles(bench().page.locator('.status-bar'), /Path 1\/1/);
    await bench().page.evaluate(() => {
      window.workbench?.app.workspace.activeEditor?.editor?.setCursor({ line: 0, ch: 0 });
      window.workbench?.app.workspace.activeEditor?.editor?.scrollTo(0, 0);
    });
    await settles(bench().page.locator('.labpath-step-header .labpath-state-word:visible'), /Completed/);
    await bench().screenshot('lab-completed');
  });

  it('goes without a trace', async () => {
    await action('Cleanup').click();
    await settles(words(), /2 checks, 2 faults · completed on \d{4}-\d\d-\d\d · due again on/);
    expect(onMachine('ls -d /run/files /tmp/labpath-* 2>/dev/null || true')).toBe('');
    expect(bench().errors).toEqual([]);
  });

  it('comes back when it is due, with other values and a fault that was not practised', async () => {
    const file = join(bench().vault, '.obsidian/plugins/labpath/data.json');
    const data = JSON.parse(readFileSync(file, 'utf8')) as { learned: Record<string, object> };
    const learned = { ...data.learned, 'lab-files': { ...record(), when: '2020-01-01T00:00:00Z' } };
    writeFileSync(file, JSON.stringify({ ...data, learned }));
    await bench().reload();
    await bench().openNote('Files.md', 'live');
    await settles(words(), /completed on 2020-01-01, due again/);
    await action('Start').click();
    await settles(words(), /Running: 1 of 2 checks failing/, 30_000);
    expect([firstWord, word()].sort()).toEqual(['first\n', 'second\n']);
    await runButton(await cell(bench(), 'make-b')).click();
    await settles((await cell(bench(), 'make-b')).locator('.labpath-status'), /^Exit 0/);
    await action('Check').click();
    // Seen failing and passing: for a review that is enough.
    await settles(words(), /Completed/);
    await action('Break it').click();
    await bench().page.getByRole('menuitem', { name: 'A random fault', exact: true }).click();
    await settles(panel().locator('.labpath-lab-advice'), /The first failing layer is app\./, 30_000);
    expect(onMachine('ls /run/files')).toBe('a\n');
    await expect.poll(record).toMatchObject({ state: 'completed', attempts: 2, faults: ['no-a'] });
  });
});
