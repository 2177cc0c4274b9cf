import type { Machines, ProvingMachine } from './machines';

interface Idle {
  readonly machine: ProvingMachine;
  /** Somebody has seen that nothing was left on it. */
  readonly isClean: boolean;
}

/**
 * Machines that are handed on instead of being ended, for those that take long to boot. A trial ends with a look at what
 * it left; where it left nothing the next one goes on at once, else the machine is reset before it is used again.
 */
export function reused(machines: Machines): Machines {
  const idle: Idle[] = [];
  const handOn = (machine: ProvingMachine): ProvingMachine => ({
    ...machine,
    leave(isClean) {
      idle.push({ machine, isClean });
      return Promise.resolve();
    },
  });
  return {
    areFresh: machines.areFresh,
    async fresh() {
      const at = Math.max(
        0,
        idle.findIndex(({ isClean }) => isClean),
      );
      const [found] = idle.splice(at, 1);
      if (found === undefined) return handOn(await machines.fresh());
      if (!found.isClean) await found.machine.reset();
      return handOn(found.machine);
    },
    close: () => machines.close(),
  };
}
