import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../src/runs/contract';
import { problem } from '../../src/base/problem';
import { RunEvents } from '../../src/session/runEvents';

const output = (length: number): RunEvent => ({
  type: 'output',
  stream: 'terminal',
  bytes: new Uint8Array(length),
});
const lost: RunEvent = { type: 'lost', problem: problem('gone') };
const kib = 1024;

describe('The events of a run', () => {
  test('ask the writer to pause when a mebibyte waits, and to go on when most of it is read', async () => {
    let drained = 0;
    const events = new RunEvents(() => drained++);
    const answers = Array.from({ length: 16 }, () => events.push(output(64 * kib)));
    expect(answers.indexOf('pause')).toBe(15);
    const reader = events[Symbol.asyncIterator]();
    for (let read = 0; read < 11; read++) await reader.next();
    expect(drained).toBe(0);
    await reader.next();
    expect(drained).toBeGreaterThan(0);
  });

  test('end for the reader behind the last one', async () => {
    const events = new RunEvents(() => undefined);
    events.push(output(1));
    events.push(lost);
    const seen: string[] = [];
    for await (const event of events) seen.push(event.type);
    expect(seen).toEqual(['output', 'lost']);
  });

  test('are thrown away when the reader has left, and hold nothing up', async () => {
    const events = new RunEvents(() => undefined);
    events.push(output(1));
    for await (const event of events) if (event.type === 'output') break;
    expect(Array.from({ length: 100 }, () => events.push(output(64 * kib)))).not.toContain('pause');
  });

  test('beyond a full buffer are dropped and counted after an interrupt, but never the end', async () => {
    const events = new RunEvents(() => undefined);
    events.dropWhenFull();
    const answers = Array.from({ length: 20 }, () => events.push(output(64 * kib)));
    events.push(lost);
    expect(answers).not.toContain('pause');
    expect(events.droppedBytes).toBe(4 * 64 * kib);
    let last = '';
    for await (const event of events) last = event.type;
    expect(last).toBe('lost');
  });

  test('can be read only once', () => {
    const events = new RunEvents(() => undefined);
    events[Symbol.asyncIterator]();
    expect(() => events[Symbol.asyncIterator]()).toThrow(/only once/);
  });
});
