import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { readSuggestions, suggestionSource } from '../../src/cells/suggestions';

const bash = (source: string) => execFileSync('bash', ['-c', source], { encoding: 'utf8' });
const ask = (name: string) => readSuggestions(bash(suggestionSource(name) ?? 'false'));

describe('suggestions from the machine', () => {
  it('list processes with what they are, interfaces and users', () => {
    expect(ask('pid').every(({ value }) => /^\d+$/.test(value))).toBe(true);
    expect(ask('iface').map(({ value }) => value)).toContain('lo');
    expect(ask('user').map(({ value }) => value.split(':')[0])).toContain('root');
  });

  it('are asked for by what a name means, however it is written', () => {
    for (const name of ['ns', 'NS1', 'netns', 'container_id', 'pod-name', 'target', 'dev']) {
      expect(suggestionSource(name)).not.toBeNull();
    }
    expect(suggestionSource('message')).toBeNull();
  });

  it('are valid bash that fails in silence where a tool is missing', () => {
    for (const name of ['ns', 'container', 'pod', 'ip', 'port']) {
      expect(() => bash(`PATH=/usr/bin:/bin:/usr/sbin; ${suggestionSource(name) ?? ''}; true`)).not.toThrow();
    }
  });

  it('name each value once', () => {
    expect(readSuggestions(' 7 sleep 1\n\n7 again\n8\n')).toEqual([
      { value: '7', about: 'sleep 1' },
      { value: '8', about: '' },
    ]);
  });
});
