/** What runs as a lab machine just now: a sandbox or a virtual machine, or several of them on one segment. */
export interface Guest {
  /** For the log: what it is and where to find it on this computer. */
  readonly description: string;
  /** Settles when it is gone, with everything that ran in it. */
  readonly ended: Promise<void>;
  /** Ends everything inside; resolves when nothing of it is left. */
  stop(): Promise<void>;
}

/**
 * The fixed side of a lab machine: it keeps the ports, so that a machine that is reset is found where the last one was.
 * One port for each node, in the order of the machine's nodes.
 */
export interface GuestHost {
  readonly kind: MachineKind;
  readonly ports: readonly number[];
  /** Boots a fresh guest behind the ports. One at a time. Rejects with a ProblemError. */
  boot(): Promise<Guest>;
  /** Lets go of the ports. */
  close(): void;
}

export type MachineKind = 'sandbox' | 'vm';
