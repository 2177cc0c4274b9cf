/** The plugin is switched off while cells run: what ran ends, and nothing of it stays, neither there nor in the app. */
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { cell, output, settles, status } from './cells';
import { useCells } from './cellsBench';

const { bench, machine, run } = useCells({ note: 'Leaves.md', first: 'first', opensOnce: true });

const onMachine = (command: string) =>
  execFileSync('ssh', ['-F', machine().record.sshConfigFile, 'lab', command], { encoding: 'utf8' });
/** The programs of cells, their shells, and the folders of their pipes. */
const left = () =>
  onMachine(
    "ps -e -o args= | grep -E '^(sleep 9876|bash --no.*--rcfile|cat$)'; ls -d /tmp/tmp.*/o 2>/dev/null; true",
  );

it('Before, there are programs on the machine and cards in the note', async () => {
  await settles(output(await run('apart')), /apart/);
  await run('beside');
  await settles(output(await run('long')), /begun/);
  const kinds = () =>
    ['sleep 98761', 'sleep 98762', '--rcfile', 'cat', '/tmp/tmp.'].filter((one) => left().includes(one));
  await expect.poll(kinds).toHaveLength(5);
});

it('Switched off, it ends them and takes everything of its own out of the app', async () => {
  const { page } = bench();
  await page.evaluate(() => window.workbench?.plugin.unload());
  await expect.poll(left, { timeout: 15_000 }).toBe('');
  expect(await page.locator('[class*="labpath"]').count()).toBe(0);
  expect(await page.locator('.notice').allInnerTexts()).toEqual([]);
  for (const id of ['run-all', 'open-path', 'start-lab-machine'])
    expect(await bench().runCommand(`labpath:${id}`)).toBe(false);
  expect(bench().errors).toEqual([]);
});

it('The app goes on without it, and shows after the next start what was seen until then', async () => {
  await bench().openNote('Use.md', 'reading');
  await bench().openNote('Leaves.md', 'reading');
  expect(await bench().page.locator('[class*="labpath"]').count()).toBe(0);
  await bench().reload();
  await bench().openNote('Leaves.md', 'live');
  await settles(output(await cell(bench(), 'first')), /ready/);
  const long = await cell(bench(), 'long');
  await settles(output(long), /begun/);
  await settles(status(long), /^Connection lost/);
  await settles(long, /Labpath switched off, while this ran\./);
  expect(bench().errors).toEqual([]);
});

it('So it does when the app itself is closed', async () => {
  await settles(status(await run('long')), /^Running/);
  await settles(output(await cell(bench(), 'long')), /^begun/);
  await bench().reload();
  await bench().openNote('Leaves.md', 'live');
  const long = await cell(bench(), 'long');
  await settles(output(long), /begun/);
  await settles(long, /Obsidian was closed, or Labpath switched off, while this ran\./);
});
