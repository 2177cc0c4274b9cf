import { describe, expect, it } from 'vitest';
import { PlaceholderValues } from '../../src/views/cell/placeholderValues';
import { DEFAULT_SETTINGS, readSettings } from '../../src/views/settings/settings';
import { HostApprovals } from '../../src/views/trust/approvals';
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
      { name: 'box', address: '10.0.0.1', port: 22, user: 'me', identityFile: '' },
    ]);
    expect(read.learned).toEqual({ a: { state: 'completed', when: '2026-01-01' } });
  });
});

describe('hosts that cells may run on', () => {
  it('are none until the user agrees, and are remembered on this device', () => {
    const storage = memoryStorage();
    expect(new HostApprovals(storage).isApproved('lab')).toBe(false);
    new HostApprovals(storage).approve('lab');
    expect(new HostApprovals(storage).isApproved('lab')).toBe(true);
    expect(new HostApprovals(storage).isApproved('prod')).toBe(false);
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
});
