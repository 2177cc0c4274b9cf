import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

const scripts = [
  'init.bash',
  'probe.bash',
  '../labs/capabilities.bash',
  'recipes/prepare.bash',
  'vm/customize.bash',
  'vm/guest.bash',
  'vm/pack.bash',
];

it.each(scripts)('%s passes shellcheck', (file) => {
  const script = path.join(import.meta.dirname, '../../src/machine', file);
  const { status, stdout, error } = spawnSync('shellcheck', [script], { encoding: 'utf8' });
  expect(error).toBeUndefined();
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});
