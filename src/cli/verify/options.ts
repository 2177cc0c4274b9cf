import { availableParallelism } from 'node:os';
import { durationMs } from '../../cells/options';
import { readArguments, UsageError } from '../usage';

export const VERIFY_USAGE =
  'labpath verify <note|folder|vault> [--lint] [--lab-machine sandbox|vm|host] [--host H] [--jobs N] [--repeat N] [--timeout T] [--write] [--receipts FOLDER] [--allow-blocked] [--json] [--junit FILE] [--yes] [--allow-danger]';

export type MachineKind = 'sandbox' | 'vm' | 'host';

export interface VerifyOptions {
  readonly target: string;
  /** Look at the writing only; run nothing. */
  readonly lint: boolean;
  readonly machine: MachineKind;
  /** With `host`: an alias of the ssh config, user@host:port, or `lab`. */
  readonly host: string;
  /** Machines at work at the same time. */
  readonly jobs: number;
  /** How often each check is run wherever it is run. */
  readonly repeat: number;
  /** For a cell that names no `timeout=`, in milliseconds. */
  readonly timeoutMs: number;
  /** Record the receipt and set `status: verified`. */
  readonly write: boolean;
  /** Folder of the vault for receipts. */
  readonly receipts: string;
  /** A lab whose requirements the machine does not meet does not count as failed. */
  readonly allowBlocked: boolean;
  readonly json: boolean;
  readonly junit: string | null;
  readonly yes: boolean;
  /** Lines that may cost a host its disks or the way to it are not asked about either. */
  readonly allowDanger: boolean;
}

const MACHINES: readonly MachineKind[] = ['sandbox', 'vm', 'host'];
const MOST_JOBS = 16;

export function readVerifyOptions(args: readonly string[]): VerifyOptions {
  const { values, positionals } = readArguments(
    args,
    {
      lint: { type: 'boolean', default: false },
      'lab-machine': { type: 'string', default: 'sandbox' },
      host: { type: 'string' },
      jobs: { type: 'string', short: 'j' },
      repeat: { type: 'string', default: '1' },
      timeout: { type: 'string', default: '2m' },
      write: { type: 'boolean', default: false },
      receipts: { type: 'string', default: 'Receipts' },
      'allow-blocked': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      junit: { type: 'string' },
      yes: { type: 'boolean', short: 'y', default: false },
      'allow-danger': { type: 'boolean', default: false },
    },
    VERIFY_USAGE,
  );
  const [target, ...more] = positionals;
  if (target === undefined) throw wrong('Name the note, folder or vault whose labs are to be proved.');
  if (more.length > 0) throw wrong(`One note, folder or vault at a time; "${more.join(' ')}" is too much.`);
  const machine = MACHINES.find((kind) => kind === values['lab-machine']);
  if (machine === undefined) throw wrong(`--lab-machine is one of ${MACHINES.join(', ')}.`);
  if (values.host !== undefined && machine !== 'host') throw wrong('--host goes with --lab-machine host.');
  const timeoutMs = durationMs(values.timeout);
  if (timeoutMs === null) throw wrong('--timeout needs a duration such as 30s or 2m.');
  // On a machine that is not ours to start, trials would disturb each other.
  const jobs =
    machine === 'host' ? 1 : wholeNumber('--jobs', values.jobs ?? String(defaultJobs(machine)), MOST_JOBS);
  return {
    target,
    lint: values.lint,
    machine,
    host: values.host ?? 'lab',
    jobs,
    repeat: wholeNumber('--repeat', values.repeat, 100),
    timeoutMs,
    write: values.write,
    receipts: values.receipts,
    allowBlocked: values['allow-blocked'],
    json: values.json,
    junit: values.junit ?? null,
    yes: values.yes,
    allowDanger: values['allow-danger'],
  };
}

/**
 * Checks mostly wait for answers that do not come, so there may be more sandboxes at work than processors. A virtual
 * machine has two processors to itself, and keeps them busy while it boots.
 */
function defaultJobs(machine: 'sandbox' | 'vm'): number {
  const processors = availableParallelism();
  return machine === 'vm' ? Math.max(1, Math.floor(processors / 2)) : Math.min(8, 2 * processors);
}

function wholeNumber(option: string, text: string, most: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > most) {
    throw wrong(`${option} needs a whole number from 1 to ${most}.`);
  }
  return number;
}

function wrong(what: string): UsageError {
  return new UsageError(what, '', VERIFY_USAGE);
}
