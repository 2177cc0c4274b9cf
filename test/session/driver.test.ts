import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const driver = 'src/session/driver.bash';

test('The driver parses', () => {
  expect(() => execFileSync('bash', ['-n', driver])).not.toThrow();
});

test('ShellCheck has nothing to say about the driver', (context) => {
  const checked = spawnSync('shellcheck', [driver], { encoding: 'utf8' });
  if (checked.error !== undefined) context.skip('shellcheck is not installed');
  expect(checked.stdout).toBe('');
  expect(checked.status).toBe(0);
});
