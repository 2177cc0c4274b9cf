import { execFileSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cell, press, runButton, settles, status } from './cells';
import { openWorkbench, repository, type Harness } from './harness';
import { startLab, type TestLab } from './labMachine';

let machine: TestLab;
let bench: Harness;

beforeAll(async () => {
  machine = await startLab();
  bench = await openWorkbench({
    vault: join(repository, 'test/e2e/vault'),
    stateFolder: machine.stateFolder,
    env: machine.env,
    allowedPorts: () => [machine.record.port],
  });
  await bench.openNote('Trial.md', 'live');
});

afterAll(async () => {
  await bench?.close();
  await machine?.stop();
});

/** Runs the cell and gives the problem that stands in its card. */
async function problemOf(id: string): Promise<string> {
  const card = await cell(bench, id);
  await runButton(card).click();
  return settles(card.locator('.labpath-problem'), /\S/);
}

describe('when something is wrong, the sentence stands in the cell', () => {
  it('does not run what the user did not allow', async () => {
    const card = await cell(bench, 'fails');
    await runButton(card).click();
    await press(bench.page, 'Cancel');
    expect(await status(card).innerText()).toBe('');
    await runButton(card).click();
    await press(bench.page, 'Run on lab');
    await settles(status(card), /^Exit 3/);
  });

  it('says that the key was refused, and what was tried', async () => {
    await bench.reload();
    await bench.openNote('Trial.md', 'live');
    const { identityFile } = machine.record;
    await rm(identityFile);
    execFileSync('ssh-keygen', ['-q', '-t', 'ecdsa', '-N', '', '-f', identityFile]);
    const problem = await problemOf('colours');
    expect(problem).toMatch(/log ?in|refused|accept/i);
    expect(problem).toContain(identityFile);
    await bench.screenshot('wrong-key-light');
  });

  it('says that the lab machine is not running, and how to start it', async () => {
    const recordFile = join(machine.stateFolder, 'labpath/lab/machine.json');
    await rm(recordFile);
    const problem = await problemOf('long');
    await writeFile(recordFile, JSON.stringify(machine.record));
    expect(problem).toContain('The lab machine is not running.');
    expect(problem).toContain('labpath lab up');
    await bench.screenshot('machine-down-light');
  });
});
