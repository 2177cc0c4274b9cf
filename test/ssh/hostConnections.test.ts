import { EventEmitter } from 'node:events';
import type { Client } from 'ssh2';
import { expect, test } from 'vitest';
import type { ShellChannel } from '../../src/session/channel';
import { Connection } from '../../src/ssh/connection';
import type { HostConnection } from '../../src/ssh/hostConnection';
import { HostConnections } from '../../src/ssh/hostConnections';
import { FakeClock } from '../support/fakeClock';

const channel: ShellChannel = {
  write: () => undefined,
  pause: () => undefined,
  resume: () => undefined,
  resize: () => 'told',
  close: () => undefined,
  listen: () => undefined,
};

/** A connection that opens every channel it is asked for, and closes terminals when the test says so. */
class FakeConnection implements HostConnection {
  alive = true;
  terminals = 0;
  closed = 0;
  private unusedListener: () => void = () => undefined;
  get unused(): boolean {
    return this.terminals === 0;
  }
  openTerminal(): Promise<ShellChannel> {
    this.terminals++;
    return Promise.resolve(channel);
  }
  openPipes = (): Promise<never> => Promise.reject(new Error('no pipes'));
  exec(): Promise<string> {
    if (this.terminals === 0) this.unusedListener();
    return Promise.resolve('answer');
  }
  onUnused(listener: () => void): void {
    this.unusedListener = listener;
  }
  onClose(): void {}
  close(): void {
    this.closed++;
  }
  closeTerminal(): void {
    this.terminals--;
    if (this.terminals === 0) this.unusedListener();
  }
}

function connections(): { clock: FakeClock; made: FakeConnection[]; all: HostConnections } {
  const clock = new FakeClock();
  const made: FakeConnection[] = [];
  const connect = (): Promise<HostConnection> => {
    made.push(new FakeConnection());
    return Promise.resolve(made.at(-1) as FakeConnection);
  };
  return { clock, made, all: new HostConnections('lab', connect, clock) };
}

const size = { columns: 80, rows: 24 };

test('A connection without channels is closed after a minute, and not while a terminal is open on it', async () => {
  const { clock, made, all } = connections();
  await all.openTerminal('bash', size);
  clock.advance(120_000);
  made[0]?.closeTerminal();
  clock.advance(59_000);
  expect(made[0]?.closed).toBe(0);
  clock.advance(2000);
  expect(made[0]?.closed).toBe(1);
});

test('A connection made for a control script alone is closed, too', async () => {
  const { clock, made, all } = connections();
  expect(await all.control('true')).toBe('answer');
  clock.advance(61_000);
  expect(made[0]?.closed).toBe(1);
});

test('A terminal that is opened in time keeps the connection', async () => {
  const { clock, made, all } = connections();
  await all.openTerminal('bash', size);
  made[0]?.closeTerminal();
  clock.advance(30_000);
  await all.openTerminal('bash', size);
  clock.advance(120_000);
  expect([made.length, made[0]?.closed]).toEqual([1, 0]);
});

test('What is only good to know makes no connection', async () => {
  const { made, all } = connections();
  await expect(all.peek('true')).rejects.toThrow();
  expect(made).toEqual([]);
});

test('A channel that comes after nobody waits for it any more is closed', async () => {
  const clock = new FakeClock();
  let answer: (error: undefined, stream: EventEmitter) => void = () => undefined;
  const client = Object.assign(new EventEmitter(), {
    exec: (_command: string, _options: object, callback: typeof answer) => {
      answer = callback;
    },
  });
  const connection = new Connection(client as unknown as Client, clock);
  const opening = connection.openTerminal('bash', size);
  clock.advance(21_000);
  await expect(opening).rejects.toThrow(/no channel in time/);
  let closed = 0;
  const stream = Object.assign(new EventEmitter(), {
    resume: () => undefined,
    stderr: { resume: () => undefined },
    close: () => closed++,
  });
  answer(undefined, stream);
  expect([closed, connection.unused, connection.terminals]).toEqual([1, true, 0]);
});
