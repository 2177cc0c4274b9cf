/** What the app shows of the lab machine: what labs need and it lacks, and the tools that a fence lists. */
import { describe, expect, it } from 'vitest';
import { settles } from './cells';
import { useLabBench } from './labBench';

const { bench } = useLabBench({ vault: 'machine-vault', note: 'Demanding.md' });

const panel = () => bench().page.locator('.labpath-lab:visible').first();

describe('the lab machine in the app', () => {
  it('is in the status bar', async () => {
    await settles(bench().page.locator('.labpath-statusbar', { hasText: 'Lab' }), /^Lab on$/, 30_000);
  });

  it('that lacks what a lab needs is named above the lab, with the one that would do', async () => {
    const row = panel().locator('.labpath-lab-blocked');
    await settles(
      row,
      /Blocked by: the lab machine lacks no_such_module in the kernel, 2 machines on one network\./,
      60_000,
    );
    await settles(row.getByRole('button'), /Use 2 virtual machines on one network instead/);
    await bench().screenshot('lab-blocked-light');
  });

  it('marks the lab on the path', async () => {
    await bench().runCommand('labpath:open-path');
    const row = bench().page.locator('.labpath-list-row', { hasText: 'Demanding' }).first();
    await settles(row.locator('.labpath-mark'), /Blocked by the machine/);
    const easy = bench().page.locator('.labpath-list-row', { hasText: 'Easy' }).first();
    expect(await easy.locator('.labpath-mark').count()).toBe(0);
    await bench().screenshot('path-blocked-light');
  });

  it('has the tools that a fence lists, or not', async () => {
    await bench().openNote('Easy.md', 'live');
    await bench().page.getByRole('button', { name: 'Check on lab machine' }).click();
    const modal = bench().page.locator('.modal', { hasText: 'Tools on the lab machine' });
    await settles(modal.locator('tr', { hasText: 'iproute2' }), /Present: \S*\d/, 60_000);
    await settles(
      modal.locator('tr', { hasText: 'no-such-tool' }),
      /Missing\. Install: the package of this distribution that has no-such-tool/,
    );
    expect(await modal.locator('tr').count()).toBe(4);
    await bench().screenshot('tools-light');
  });
});
