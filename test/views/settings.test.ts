import { describe, expect, it } from 'vitest';
import { PlaceholderValues } from '../../src/views/cell/placeholderValues';
import { DEFAULT_SETTINGS, hostInWords, readSettings } from '../../src/views/settings/settings';
import { DeviceApprovals } from '../../src/views/trust/approvals';
import type { DeviceStorage } from '../../src/views/ui/deviceStorage';

/** Obsidian's local storage of a vault: values that survive a round trip through JSON. */
function memoryStorage(): DeviceStorage {
  const kept = new Map<string, string>();
  return {
    loadLocalStorage: (key): unknown => JSON.parse(kept.get(key) ?? 'null'),
    saveLocalStorage: (key, data) => void kept.set(key, JSON.stringify(data)),
  };
}

describe('settings out of data.json', () => {
  it('are the defaults when there is no file or it holds something else', () => {
    for (const stored of [null, undefined, 'text', []])
      expect(readSettings(stored)).toEqual(DEFAULT_SETTINGS);
  });

  it('keep what is sound and mend what is not', () => {
    const read = readSettings({
      defaultHost: '  box ',
      hosts: [{ name: 'box', address: '10.0.0.1', port: 99_999, user: 'me' }, 'nonsense'],
      learned: { a: { state: 'completed', when: '2026-01-01' }, b: { state: 'bogus' } },
    });
    expect(read.defaultHost).toBe('box');
    expect(read.hosts).toEqual([
      { name: 'box', address: '10.0.0.1', port: 22, user: 'me', identityFile: '', askAlways: false },
    ]);
    expect(read.learned).toEqual({ a: { state: 'completed', when: '2026-01-01' } });
  });
});

describe('S2: what was agreed to', () => {
  it('is nothing on a new device, asks for changes, and is remembered here', () => {
    const storage = memoryStorage();
    const fresh = new DeviceApprovals(storage);
    expect([fresh.hosts, fresh.cells.size, fresh.policy]).toEqual([[], 0, 'change']);
    fresh.agree('lab', ['h1', 'h2']);
    fresh.policy = 'vault';
    const later = new DeviceApprovals(storage);
    expect([later.hosts, [...later.cells], later.policy]).toEqual([['lab'], ['h1 lab', 'h2 lab'], 'vault']);
    later.forget();
    expect(new DeviceApprovals(storage).hosts).toEqual([]);
  });

  it('does not grow for ever', () => {
    const approvals = new DeviceApprovals(memoryStorage());
    for (let round = 0; round < 6; round++) {
      approvals.agree(
        'lab',
        Array.from({ length: 1000 }, (_, n) => `${round}-${n}`),
      );
    }
    expect(approvals.cells.size).toBe(5000);
    expect(approvals.cells.has('5-999 lab')).toBe(true);
  });

  it('S3: is not what settings say that came with another vault: they may only name another host', () => {
    const box = {
      name: 'box',
      address: '192.0.2.1',
      port: 22,
      user: 'me',
      identityFile: '',
      askAlways: true,
    };
    const words = (change: object) =>
      hostInWords({ ...DEFAULT_SETTINGS, hosts: [{ ...box, ...change }] }, 'box');
    const changes = [
      { address: '192.0.2.2' },
      { port: 23 },
      { user: 'root' },
      { identityFile: '/k' },
      { askAlways: false },
    ];
    for (const change of changes) expect(words(change)).not.toBe(words({}));
    const read = readSettings({ policy: 'vault', trust: 'all', agentSocket: '/evil', hosts: [] });
    expect(read).toEqual(DEFAULT_SETTINGS);
  });
});

describe('values of placeholders', () => {
  it('are remembered per note and follow its rename', () => {
    const storage = memoryStorage();
    const values = new PlaceholderValues(storage);
    values.remember('a.md', { ns: 'red' });
    values.remember('a.md', { target: '10.0.0.1' });
    values.rename('a.md', 'b.md');
    expect(new PlaceholderValues(storage).of('b.md')).toEqual({ ns: 'red', target: '10.0.0.1' });
    expect(new PlaceholderValues(storage).of('a.md')).toEqual({});
  });

  it('S12: that are called secrets are held in memory and never stored', () => {
    const kept = new Map<string, unknown>();
    const storage: DeviceStorage = {
      loadLocalStorage: (key) => kept.get(key) ?? null,
      saveLocalStorage: (key, data) => void kept.set(key, data),
    };
    kept.set('labpath:placeholder-values', { 'a.md': { 'old-password': 'canary-old' } });
    const values = new PlaceholderValues(storage);
    values.remember('a.md', { ns: 'red', 'db-password': 'canary-new', API_TOKEN: 'canary-token' });
    values.rename('a.md', 'b.md');
    expect(values.of('b.md')).toEqual({ ns: 'red', 'db-password': 'canary-new', API_TOKEN: 'canary-token' });
    expect(JSON.stringify([...kept])).not.toContain('canary');
  });
});
