import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../src/base/problem';
import { machineFiles, machineFolder } from '../../src/machine/folder';
import { readMachine } from '../../src/machine/read';

describe('the folder of a machine', () => {
  it('lies in the state home, or where the standard puts that', () => {
    expect(machineFolder('lab', { HOME: '/home/a', XDG_STATE_HOME: '/state/' })).toBe('/state/labpath/lab');
    expect(machineFolder('lab', { HOME: '/home/a' })).toBe('/home/a/.local/state/labpath/lab');
    expect(machineFolder('lab', { HOME: '/home/a', XDG_STATE_HOME: 'relative' })).toBe(
      '/home/a/.local/state/labpath/lab',
    );
  });

  it('is refused to names that would be another folder, host or option', () => {
    for (const name of ['', '..', '../x', 'a/b', '-F', 'Lab', 'a b', 'a'.repeat(33)])
      expect(() => machineFolder(name, { HOME: '/home/a' })).toThrow(ProblemError);
  });

  it('needs a home', () => {
    expect(() => machineFolder('lab', {})).toThrow('Neither XDG_STATE_HOME nor HOME is set.');
  });

  it('holds every file of the machine', () => {
    const { folder, hostKeys, lock, ...files } = machineFiles('lab', { XDG_STATE_HOME: '/s' });
    for (const file of [...hostKeys, ...Object.values(files)])
      expect(file).toMatch(new RegExp(`^${folder}/`));
    // It outlives the folder, which goes when the machine does.
    expect(lock).toBe('/s/labpath/.lab.lock');
  });
});

describe('reading a machine', () => {
  it('finds none where there is no record', async () => {
    expect(await readMachine('lab', { XDG_STATE_HOME: '/nowhere' })).toBeNull();
  });
});
