import type { MachineKind } from './guest';

/** The record a running lab machine leaves in the state folder, as `machine.json`. Times are ISO 8601. */
export interface MachineRecord {
  readonly name: string;
  readonly kind: MachineKind;
  /** Process that serves the machine; when it is gone, the machine is. */
  readonly pid: number;
  /** When that process started, in clock ticks since boot (proc(5), stat field 22): tells a reused pid apart. */
  readonly pidStartTime?: string;
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly user: string;
  /** Absolute paths. */
  readonly identityFile: string;
  readonly knownHostsFile: string;
  readonly sshConfigFile: string;
  /** Whether it reaches the networks of this computer, and by them the internet. */
  readonly internet: boolean;
  /** When its server started. */
  readonly startedAt: string;
  /** When the Linux that runs now was booted: another time than `startedAt` after a reset. */
  readonly bootedAt: string;
  /** Every node of the machine this one belongs to, itself included, by the name `node=` uses: `lab`, `node1` … */
  readonly nodes: readonly NodeOfRecord[];
}

export interface NodeOfRecord {
  readonly node: string;
  /** The name of its own record. */
  readonly machine: string;
}

/** A host of the user that serves as a lab machine, as `adopted.json` in the state folder. */
export interface AdoptedMachine {
  readonly name: string;
  readonly kind: 'host';
  /** As ssh knows it: `user@host`, `user@host:port`, or an alias of the ssh config. */
  readonly destination: string;
  /** ISO 8601. */
  readonly adoptedAt: string;
}
