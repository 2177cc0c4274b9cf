import { expect, it } from 'vitest';
import { PlaceholderValues } from '../../src/views/cell/placeholderValues';

it('S16: still knows a secret that was replaced, for older outputs may show it', () => {
  const stored = new Map<string, unknown>();
  const values = new PlaceholderValues({
    loadLocalStorage: (key) => stored.get(key) ?? null,
    saveLocalStorage: (key, value) => void stored.set(key, value),
  });
  values.remember('n.md', { password: 'first one', target: 'open' });
  values.remember('n.md', { password: 'second one' });
  values.forget('n.md');
  expect(values.allSecrets).toEqual(['first one', 'second one']);
  expect(JSON.stringify([...stored])).not.toContain('one');
});
