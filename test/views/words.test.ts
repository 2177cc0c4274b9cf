import { describe, expect, it } from 'vitest';
import { OutputText } from '../../src/output/outputText';
import type { RunSnapshot } from '../../src/runs/snapshot';
import { duration, statusWords, whereWords } from '../../src/views/cell/words';

const ended: RunSnapshot = {
  status: 'done',
  exitStatus: 0,
  signal: null,
  durationMs: 12.4,
  startedAt: 1_000,
  where: null,
  host: 'lab',
  problem: null,
  output: new OutputText(),
  sourceFingerprint: '',
};

describe('the words for a run', () => {
  it('say the exit status and how long it took', () => {
    expect(statusWords(ended, 0)).toMatchObject({ tone: 'ok', text: 'Exit 0 · 12 ms' });
    expect(statusWords({ ...ended, status: 'failed', exitStatus: 3 }, 0)).toMatchObject({
      tone: 'bad',
      text: 'Exit 3 · 12 ms',
    });
  });

  it('never make an unknown status a zero', () => {
    expect(statusWords({ ...ended, exitStatus: null }, 0).text).toBe('Exit status unknown · 12 ms');
  });

  it('name the signal that ended a program', () => {
    const killed: RunSnapshot = { ...ended, status: 'failed', exitStatus: null, signal: 'KILL' };
    expect(statusWords(killed, 0).text).toBe('Ended by KILL · 12 ms');
  });

  it('tell a shell that its cell ended from a connection that broke', () => {
    const lost: RunSnapshot = { ...ended, status: 'lost', exitStatus: null };
    expect(statusWords(lost, 0).text).toBe('Connection lost · 12 ms');
    expect(statusWords({ ...lost, signal: 'KILL', lostCause: 'shell' }, 0).text).toBe(
      'Shell ended by KILL · 12 ms',
    );
  });

  it('say how many runs a waiting one waits for', () => {
    const queued: RunSnapshot = { ...ended, status: 'queued', durationMs: null };
    expect([statusWords(queued, 0).text, statusWords(queued, 0, 2).text]).toEqual([
      'Waiting',
      'Waiting behind 2',
    ]);
  });

  it('tell a cell that never began from one that failed', () => {
    const refused: RunSnapshot = {
      ...ended,
      status: 'failed',
      exitStatus: null,
      durationMs: null,
      problem: { what: 'The lab machine is not running.', why: '', next: '' },
    };
    expect(statusWords(refused, 0).text).toBe('Not run');
  });

  it('count the seconds of a running cell, but not before the first one is over', () => {
    const running: RunSnapshot = { ...ended, status: 'running', exitStatus: null, durationMs: null };
    expect(statusWords(running, 1_500)).toMatchObject({ text: 'Running', elapsed: '' });
    expect(statusWords(running, 66_000)).toMatchObject({ text: 'Running', elapsed: '1 min 5 s' });
  });

  it('tell a program that waits for the user from one that works', () => {
    const running: RunSnapshot = { ...ended, status: 'running', exitStatus: null, durationMs: null };
    const text = (waitsFor: 'line' | 'secret' | 'keys' | null) =>
      statusWords({ ...running, front: { program: 'bash', waitsFor, shell: false } }, 0).text;
    expect([text('line'), text('secret'), text('keys'), text(null)]).toEqual([
      'Waiting for input',
      'Waiting for input',
      'Running',
      'Running',
    ]);
  });

  it('tell that a shell was entered, and from where', () => {
    const around = { user: 'root', host: 'lab', cwd: '/', netns: null };
    const where = { ...around, host: 'web', inside: [around] };
    expect(statusWords({ ...ended, exitStatus: null, where }, 0).text).toBe('Shell entered · 12 ms');
    expect(statusWords({ ...ended, where }, 0).text).toBe('Exit 0 · 12 ms');
    expect(whereWords(where)).toBe('root@web:/, entered from root@lab');
  });

  it('give durations in the unit one would say', () => {
    expect([0.42, 12.3, 999, 1_234, 75_000].map(duration)).toEqual([
      '0.4 ms',
      '12 ms',
      '999 ms',
      '1.2 s',
      '1 min 15 s',
    ]);
  });

  it('say where it ran, and the network namespace when it is not the machine’s own', () => {
    const where = { user: 'root', host: 'lab', cwd: '/etc', netns: null };
    expect(whereWords(where)).toBe('root@lab:/etc');
    expect(whereWords({ ...where, netns: 'red' })).toBe('root@lab:/etc (netns red)');
  });
});
