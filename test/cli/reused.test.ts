import { describe, expect, it } from 'vitest';
import type { Machines } from '../../src/cli/verify/provingMachine';
import { reused } from '../../src/cli/verify/reused';

/** Machines that only write down what is done with them. */
function recording(): { machines: Machines; done: string[] } {
  const done: string[] = [];
  let booted = 0;
  const machines: Machines = {
    areFresh: true,
    fresh(nodes) {
      const name = `m${++booted}`;
      done.push(`boot ${name}`);
      return Promise.resolve({
        find: () => Promise.resolve(null),
        nodes,
        host: name,
        reset: () => Promise.resolve(void done.push(`reset ${name}`)),
        leave: () => Promise.resolve(void done.push(`end ${name}`)),
      });
    },
    close: () => Promise.resolve(void done.push('close')),
  };
  return { machines: reused(machines), done };
}

describe('machines that take long to boot', () => {
  it('are handed on as they are when nothing was left on them', async () => {
    const { machines, done } = recording();
    await (await machines.fresh(1)).leave(true);
    const second = await machines.fresh(1);
    expect(second.host).toBe('m1');
    await second.leave(true);
    await machines.close();
    expect(done).toEqual(['boot m1', 'close']);
  });

  it('are reset when something was left, and only when somebody needs them', async () => {
    const { machines, done } = recording();
    await (await machines.fresh(1)).leave(false);
    expect(done).toEqual(['boot m1']);
    await machines.fresh(1);
    expect(done).toEqual(['boot m1', 'reset m1']);
  });

  it('are taken clean before one is reset, and booted only when none is idle', async () => {
    const { machines, done } = recording();
    const [first, second] = [await machines.fresh(1), await machines.fresh(1)];
    await first.leave(false);
    await second.leave(true);
    expect((await machines.fresh(1)).host).toBe('m2');
    expect(done).toEqual(['boot m1', 'boot m2']);
  });

  it('make room for larger ones', async () => {
    const { machines, done } = recording();
    await (await machines.fresh(1)).leave(true);
    expect((await machines.fresh(3)).nodes).toBe(3);
    expect(done).toEqual(['boot m1', 'end m1', 'boot m2']);
  });
});
