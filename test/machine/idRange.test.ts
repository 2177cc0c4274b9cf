import { describe, expect, it } from 'vitest';
import { highBase, idCount, rangeForRoot, rangesForUser } from '../../src/machine/idRange';

describe('ids for a sandbox of root', () => {
  it('lie high above every account', () => {
    expect(rangeForRoot('         0          0 4294967295')).toEqual({
      inside: 0,
      outside: 1_879_048_192,
      count: 65_536,
    });
  });

  it('are not to be had where root is itself lent few ids', () => {
    expect(rangeForRoot('0 1000 1\n1 100000 65536')).toBeNull();
    expect(rangeForRoot(`0 0 ${highBase + idCount - 1}`)).toBeNull();
    expect(rangeForRoot('')).toBeNull();
  });
});

describe('ids for a sandbox of an ordinary user', () => {
  const student = { name: 'student', uid: 1000 };

  it('make the user root, and lend everyone else from the subordinate range', () => {
    expect(rangesForUser(1000, student, 'other:100000:65536\nstudent:165536:65536\n')).toEqual([
      { inside: 0, outside: 1000, count: 1 },
      { inside: 1, outside: 165_536, count: 65_535 },
    ]);
  });

  it('take the largest of several ranges, found by name or by number', () => {
    expect(rangesForUser(1000, student, 'student:1:10\n1000:200000:300\nstudent:5:20')?.[1]).toEqual({
      inside: 1,
      outside: 200_000,
      count: 300,
    });
  });

  it('are not to be had without a line that counts', () => {
    for (const file of ['', 'students:100000:65536', 'student:100000:0', 'student', '# student:1:1'])
      expect(rangesForUser(1000, student, file)).toBeNull();
  });
});
