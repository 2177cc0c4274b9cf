import { fingerprint } from '../../base/hash';
import type { Cell } from '../../cells/cell';
import type { Check, Fault } from '../lab';
import type { Ran, Row } from '../prover/proof';

/** What a proof has shown, for good: the evidence behind `status: verified`. */
export interface Receipt {
  /** Title of the lab's note. */
  readonly lab: string;
  /** ISO 8601. */
  readonly date: string;
  /** `uname -sr`. */
  readonly kernel: string;
  /** Name of the distribution. */
  readonly system: string;
  readonly machine: 'sandbox' | 'vm' | 'host';
  readonly durationMs: number;
  /** Fingerprint of the lab's cells: when it is another one, the receipt is about an older lab. */
  readonly fingerprint: string;
  /** Versions by name, as the tools print them. */
  readonly tools: Readonly<Record<string, string>>;
  readonly checks: readonly Pick<Check, 'id'>[];
  readonly faults: readonly Pick<Fault, 'id' | 'breaks'>[];
  readonly rows: readonly Row[];
  /** The observations while nothing was broken, and the setup. */
  readonly outputs: readonly Output[];
}

export interface Output {
  readonly cell: string;
  readonly durationMs: number;
  readonly text: string;
}

/** Fingerprint of all that is run or expected in a lab; prose may change without losing the proof. */
export function labFingerprint(cells: readonly Cell[]): string {
  return fingerprint(cells.map(({ info, source }) => `${info}\n${source}`).join('\n\n'));
}

/** The title of the note that keeps a lab's receipt. */
export function receiptTitle(lab: string): string {
  return `Receipt - ${lab}`;
}

/** The first run of each cell whose output says something about the machine. */
export function observedOutputs(ran: readonly Ran[]): Output[] {
  const seen = new Set<string>();
  return ran
    .filter(({ role }) => role === 'observe' || role === 'setup')
    .filter(({ cell }) => seen.size < seen.add(cell).size)
    .map(({ cell, durationMs, output }) => ({ cell, durationMs, text: output.trimEnd() }));
}
