import type { findMachine } from '../../machine/read';

/** A machine that labs are proved on. */
export interface ProvingMachine {
  /** The machine that a name such as `lab` or `node1` means; null for names that are not of this machine. */
  readonly find: (name: string) => ReturnType<typeof findMachine>;
  /** Name of the host for cells that name none. */
  readonly host: string;
  readonly nodes: number;
  /** Makes it as if nothing had ever happened on it. */
  reset(): Promise<void>;
  /** The one who worked on it needs it no longer. */
  leave(isClean: boolean): Promise<void>;
}

/** Where machines come from during one call of the prover. */
export interface Machines {
  /** Whether another call of `fresh` gives a machine on which nothing has happened yet. */
  readonly areFresh: boolean;
  /** A machine of at least so many nodes, where it is started for that. */
  fresh(nodes: number): Promise<ProvingMachine>;
  close(): Promise<void>;
}
