import type { Machines, ProvingMachine } from './provingMachine';

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
    async fresh(nodes) {
      const fits = ({ machine }: Idle) => machine.nodes >= nodes;
      const found = idle.find((each) => each.isClean && fits(each)) ?? idle.find(fits);
      if (found === undefined) {
        // One that is too small makes room: there are never more machines than workers.
        const small = idle.shift();
        await small?.machine.leave(small.isClean);
        return handOn(await machines.fresh(nodes));
      }
      idle.splice(idle.indexOf(found), 1);
      if (!found.isClean) await found.machine.reset();
      return handOn(found.machine);
    },
    close: () => machines.close(),
  };
}
