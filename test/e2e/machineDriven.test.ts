/** The lab machine as the app drives it: started, made fresh, replaced, mended and stopped, by the real `labpath`. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { press, settles } from './cells';
import { useLabBench } from './labBench';

const { bench, machine } = useLabBench({ vault: 'machine-vault', drives: true });

const bar = () => bench().page.locator('.labpath-statusbar', { hasText: 'Lab' });
const isNow = (words: RegExp) => settles(bar(), words, 120_000);

describe('the page of the lab machine in the settings', () => {
  const row = (name: string) =>
    bench()
      .page.locator('.modal .setting-item')
      .filter({ has: bench().page.getByText(name, { exact: true }) })
      .first();

  it('says what runs, stops it and starts it', async () => {
    await isNow(/^Lab on$/);
    await bench().runCommand('app:open-settings');
    await bench().page.locator('.modal').getByText('Labpath', { exact: true }).click();
    await row('Lab machine').locator('.clickable-icon').click();
    await settles(row('State'), /A sandbox runs since .* UTC, on port \d+ of this computer\./);
    await bench().screenshot('settings-machine-light');
    expect(await row('Start').isVisible()).toBe(false);
    await row('Stop').click();
    await isNow(/^Lab off$/);
    await settles(row('State'), /The lab machine does not run\./);
    expect(await row('Stop').isVisible()).toBe(false);
    await row('Start').click();
    await isNow(/^Lab on$/);
    await settles(row('State'), /A sandbox runs since/);
  });

  it('makes it fresh', async () => {
    const before = await machine().read();
    await row('Get a fresh machine').click();
    await expect
      .poll(async () => (await machine().read()).bootedAt, { timeout: 60_000 })
      .not.toBe(before.bootedAt);
    await isNow(/^Lab on$/);
    expect((await machine().read()).port).toBe(before.port);
    await bench().page.keyboard.press('Escape');
  });
});

describe('a tool that the lab machine lacks', () => {
  const tools = () => bench().page.locator('.modal', { hasText: 'Tools on the lab machine' });
  const tcpdump = () => tools().locator('tr', { hasText: 'tcpdump' });

  it('is installed from the table of tools, after which the table is shown anew', async () => {
    // It only seems missing, and the package manager is a fake: nothing is installed on this computer.
    const asked = join(machine().stateFolder, 'asked');
    for (const [name, script] of [
      ['apt-get', `echo "apt-get $*" >>${asked}`],
      ['sudo', 'shift; exec "$@"'],
    ] as const)
      await writeFile(join(machine().stateFolder, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    await machine().ssh('mount --bind /dev/null "$(command -v tcpdump)"');

    expect(await bench().runCommand('labpath:check-lab-tools')).toBe(true);
    await settles(tcpdump(), /Missing\. Install: sudo apt-get install .*tcpdump/, 120_000);
    await settles(tools(), /Install what is missing on this computer, whose programs the sandbox shows/);
    await settles(tools(), /The lab machine is made fresh then: what is in it is lost\./);
    await bench().screenshot('tools-install-light');
    await press(bench().page, 'Install');
    await isNow(/^Lab installing …$/);
    await settles(tcpdump(), /Present: \d/, 180_000);
    expect(await readFile(asked, 'utf8')).toMatch(/\napt-get install -y .*\btcpdump\b/);
    await bench().page.keyboard.press('Escape');
  }, 300_000);

  it('is installed from a fence that lists it, and no other tool with it', async () => {
    const asked = join(machine().stateFolder, 'asked');
    await writeFile(asked, '');
    await machine().ssh('for tool in tcpdump strace; do mount --bind /dev/null "$(command -v $tool)"; done');
    await bench().openNote('Easy.md', 'live');
    await bench().page.getByRole('button', { name: 'Check on lab machine' }).click();
    await settles(tcpdump(), /Missing\. Install: sudo apt-get install .*tcpdump/, 120_000);
    await press(bench().page, 'Install');
    await settles(tcpdump(), /Present: \d/, 180_000);
    expect(await tools().locator('tr').count()).toBe(4);
    expect(await readFile(asked, 'utf8')).toBe(
      'apt-get update -q\napt-get install -y --no-install-recommends tcpdump\n',
    );
    await bench().page.keyboard.press('Escape');
  }, 300_000);

  it('is told when it cannot be installed', async () => {
    const fake = '#!/bin/sh\necho "no servers today" >&2; exit 100\n';
    await writeFile(join(machine().stateFolder, 'bin/apt-get'), fake);
    await machine().ssh('mount --bind /dev/null "$(command -v tcpdump)"');
    await bench().runCommand('labpath:check-lab-tools');
    await settles(tcpdump(), /Missing/, 120_000);
    await press(bench().page, 'Install');
    const notice = bench().page.locator('.notice', { hasText: 'could not be installed' });
    await settles(notice, /The packages could not be installed/, 120_000);
    await isNow(/^Lab on$/);
  }, 300_000);
});

describe('a lab that needs another machine than the one that runs', () => {
  const row = () => bench().page.locator('.labpath-lab:visible').first().locator('.labpath-lab-blocked');
  const use = () => row().getByRole('button', { name: 'Use 2 machines on one network instead' });

  it('asks before it ends the one that runs, and leaves it when the answer is no', async () => {
    await bench().openNote('Twofold.md', 'live');
    await settles(row(), /Blocked by: the lab machine lacks 2 machines on one network\./, 60_000);
    const before = await machine().read();
    await use().click();
    const question = bench().page.locator('.modal', { hasText: 'Another lab machine' });
    await settles(question, /The one that runs ends, with everything in it\./);
    await bench().screenshot('machine-replace-light');
    await press(bench().page, 'Cancel');
    await expect.poll(() => question.count()).toBe(0);
    expect(await machine().read()).toEqual(before);
  });

  it('starts the other in its place when the answer is yes, and is blocked no longer', async () => {
    const before = await machine().read();
    await use().click();
    await press(bench().page, 'End it and start the other');
    await expect.poll(() => row().count(), { timeout: 120_000 }).toBe(0);
    await isNow(/^Lab on$/);
    const after = await machine().read();
    expect(after.pid).not.toBe(before.pid);
    expect(after.nodes.map(({ node }) => node)).toEqual(['lab', 'node1']);
  }, 180_000);

  it('starts it at once where none runs', async () => {
    expect(await bench().runCommand('labpath:stop-lab-machine')).toBe(true);
    await isNow(/^Lab off$/);
    await settles(row(), /This lab needs 2 machines on one network\./);
    await row().getByRole('button', { name: 'Start 2 machines on one network' }).click();
    await isNow(/^Lab on$/);
    expect((await machine().read()).nodes).toHaveLength(2);
    await expect.poll(() => row().count(), { timeout: 120_000 }).toBe(0);
  }, 180_000);
});

it('The app has reported no error meanwhile', () => {
  expect(bench().errors).toEqual([]);
});
