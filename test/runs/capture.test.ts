import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/runs/contract';
import { runCaptured } from '../../src/runs/capture';
import { FakeSessions, settle } from './fakeSessions';

const bytes = (text: string) => new TextEncoder().encode(text);

/** A clock that moves on only when something waits. */
async function captured(
  whileRunning: (sessions: FakeSessions, heard: (event: RunEvent) => void) => Promise<void>,
) {
  const sessions = new FakeSessions();
  const session = await sessions.open({ host: 'lab', note: 'n', name: '#capture', netns: null });
  let now = 0;
  const waits: ((at: number) => void)[] = [];
  const result = await runCaptured({
    session,
    command: 'tcpdump',
    runCell: (heard) => whileRunning(sessions, heard),
    now: () => now,
    wait: async (ms) => {
      now += ms;
      for (const due of waits) due(now);
      await settle();
    },
  });
  return { result, sessions, now };
}

describe('a capture around a cell', () => {
  it('begins before the cell, is interrupted after it, and gives both outputs by time', async () => {
    const { result, sessions } = await captured(async (running, heard) => {
      expect(running.runs).toHaveLength(1);
      heard({ type: 'output', stream: 'terminal', bytes: bytes('ping\n') });
      running.last.print('packet 1\npacket 2\n');
      await settle();
    });
    expect(result.rows.map(({ source, text }) => `${source} ${text}`)).toEqual([
      'cell ping',
      'capture packet 1',
      'capture packet 2',
    ]);
    expect(sessions.calls).toEqual(['interrupt']);
  });

  it('that ends by itself is not interrupted', async () => {
    const { sessions } = await captured(async (running) => {
      running.last.exit(0);
      await settle();
    });
    expect(sessions.calls).toEqual([]);
  });

  it('waits for silence, but not for ever', async () => {
    const { now } = await captured(() => Promise.resolve());
    expect(now).toBeGreaterThanOrEqual(900);
    expect(now).toBeLessThan(2000);
  });
});
