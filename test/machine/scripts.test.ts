import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

it.each(['init.bash', 'probe.bash'])('%s passes shellcheck', (file) => {
  const script = path.join(import.meta.dirname, '../../src/machine', file);
  const { status, stdout, error } = spawnSync('shellcheck', [script], { encoding: 'utf8' });
  expect(error).toBeUndefined();
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});
