import os from 'node:os';
import { problem, ProblemError } from '../base/problem';
import type { MachineKind } from './guest';

/** How much of this computer each node of a lab machine may take. */
export interface Limits {
  /** Bytes of memory, with what its files take; enforced for a sandbox where control groups can be made. */
  readonly memory: number;
  /** Processes and threads of one user inside a sandbox; a fork bomb ends there. */
  readonly processes: number;
  /** Bytes of a sandbox's root folder; /tmp gets 0.6, /run and /dev/shm get 0.2 of it each. */
  readonly disk: number;
  /** Processors of a virtual machine. */
  readonly cpus: number;
}

const mib = 1024 * 1024;

/** Half the memory for a sandbox, which uses it only as it fills; 2 GiB, or what can be spared, for a virtual machine. */
export function defaultLimits(kind: MachineKind): Limits {
  const total = os.totalmem();
  return {
    memory: kind === 'vm' ? Math.max(768 * mib, Math.min(2048 * mib, Math.floor(total / 4))) : total / 2,
    processes: 4096,
    disk: Math.floor(total / 4),
    cpus: Math.min(2, os.availableParallelism()),
  };
}

/**
 * Bytes from `512M`, `2G` or a plain number of bytes (powers of 1024).
 *
 * @throws ProblemError for anything else, and below 16 MiB, where no Linux starts.
 */
export function bytesOf(text: string, option: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([KMG]?)i?B?$/i.exec(text) ?? [];
  const factor = { '': 1, K: 1024, M: mib, G: 1024 * mib }[unit.toUpperCase()];
  const bytes = number === undefined || factor === undefined ? NaN : Math.floor(Number(number) * factor);
  if (!(bytes >= 16 * mib))
    throw new ProblemError(
      problem(`${option} ${text} is not an amount.`, '', 'Write 512M or 2G; 16M is the least.'),
    );
  return bytes;
}

/** @throws ProblemError for what is not a whole number from `least` to `most`. */
export function countOf(text: string, option: string, least: number, most: number): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < least || count > most)
    throw new ProblemError(
      problem(`${option} ${text} cannot be.`, '', `Write a whole number from ${least} to ${most}.`),
    );
  return count;
}
