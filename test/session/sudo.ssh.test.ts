import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../src/runs/contract';
import { useShells, type TestShell } from '../support/sessions';
import { outcomeOf, statusOf } from '../support/shell';
import { ordinaryUser, ordinaryUserMissing } from '../support/sshd';

const missing =
  ordinaryUserMissing() ?? (existsSync('/usr/bin/sudo') ? null : 'sudo is missing: install it to run these.');

const prompt = `[sudo] password for ${ordinaryUser.name}: `;

describe('sudo with a password', () => {
  // Without root no account with a known password can be made for the server.
  if (missing !== null) {
    test('asks for it', (context) => context.skip(`sudo is not tried: ${missing}`));
    return;
  }
  const shells = useShells([], { dispatch: 'auto', ordinary: true });

  test('runs the command as root, and neither shows nor keeps what was typed', async () => {
    const shell = await shells.open();
    const { outcome } = await shell.start('sudo id -u; echo "status $?"', prompt);
    shell.type(`${ordinaryUser.password}\n`);
    expect((await outcome).text).toBe(`${prompt}\n0\nstatus 0\n`);
    // Remembered by sudo for this terminal, not by the session's history, variables or files.
    const kept = await shell.output(
      `history; set; cat ~/.bash_history 2>/dev/null; sudo -n true && echo "again: $?"`,
    );
    expect(kept).not.toContain(ordinaryUser.password);
    expect(kept).toContain('again: 0');
  });

  test('that is wrong is asked for again, and ^C ends the asking', async () => {
    const shell = await shells.open();
    const started = await shell.start('sudo -k; sudo id -u', prompt);
    shell.type('not it\n');
    await expect.poll(() => started.text().split(prompt)).toHaveLength(3);
    await shell.session.interrupt();
    const ended = await started.outcome;
    expect(ended.text).not.toContain('not it');
    expect(statusOf(ended).exitStatus).not.toBe(0);
    expect(await shell.output('id -un')).toBe(`${ordinaryUser.name}\n`);
  });

  test('opens a shell that is entered, in which cells run as root until exit', async () => {
    const shell = await shells.open();
    await enter(shell, 'sudo -i');
    const inside = await shell.run('id -u; pwd; exit 3');
    expect(inside.text).toBe('0\n/root\n');
    expect(statusOf(inside)).toMatchObject({ exitStatus: 3, shell: 'left' });
    expect(await shell.output('id -un')).toBe(`${ordinaryUser.name}\n`);
  });
});

/** Starts a cell that asks for the password and opens a shell, and enters that. */
async function enter(shell: TestShell, source: string): Promise<void> {
  let isShell = false;
  let text = '';
  const run = shell.session.run({ source });
  async function* watched(): AsyncGenerator<RunEvent> {
    for await (const event of run) {
      if (event.type === 'front') isShell = event.front.shell;
      if (event.type === 'output') text += Buffer.from(event.bytes).toString('utf8');
      yield event;
    }
  }
  const outcome = outcomeOf(watched());
  await expect.poll(() => text).toContain(prompt);
  shell.type(`${ordinaryUser.password}\n`);
  await expect.poll(() => isShell).toBe(true);
  await shell.session.enter();
  expect((await outcome).end).toMatchObject({ type: 'entered' });
}
