import { defaultMachine } from '../../machine/folder';
import { bytesOf, countOf, defaultLimits, type Limits } from '../../machine/limits';
import { mostNodes } from '../../machine/nodes';
import type { MachineOptions } from '../../machine/options';
import { readArguments, UsageError } from '../usage';

export const USAGE =
  'labpath lab up|status|list|reset|down|ssh|adopt|recipe|image [--name NAME] [--json] (labpath lab --help tells more)';

export interface CommonOptions {
  readonly name: string;
  readonly json: boolean;
}

const common = {
  name: { type: 'string', default: defaultMachine },
  json: { type: 'boolean', default: false },
} as const;

/** What every action takes; anything beyond it is an error. */
export function commonOptions(args: readonly string[]): CommonOptions {
  const { positionals, values } = readArguments(args, common, USAGE);
  refuseMore(positionals);
  return values;
}

/** What `labpath lab list` takes: it is about all machines, so a name would be left unheard. */
export function listOptions(args: readonly string[]): Pick<CommonOptions, 'json'> {
  const { positionals, values } = readArguments(args, { json: common.json }, USAGE);
  refuseMore(positionals);
  return values;
}

export interface UpOptions extends CommonOptions {
  readonly machine: MachineOptions;
}

export function upOptions(args: readonly string[]): UpOptions {
  const { positionals, values } = readArguments(
    args,
    {
      ...common,
      vm: { type: 'boolean', default: false },
      internet: { type: 'boolean', default: false },
      nodes: { type: 'string', default: '1' },
      memory: { type: 'string' },
      disk: { type: 'string' },
      processes: { type: 'string' },
      cpus: { type: 'string' },
    },
    USAGE,
  );
  refuseMore(positionals);
  const kind = values.vm ? 'vm' : 'sandbox';
  if (values.internet && !values.vm)
    throw new UsageError('A sandbox never reaches the internet.', 'Only --vm goes with --internet.', USAGE);
  const usual = defaultLimits(kind);
  const limits: Limits = {
    memory: values.memory === undefined ? usual.memory : bytesOf(values.memory, '--memory'),
    disk: values.disk === undefined ? usual.disk : bytesOf(values.disk, '--disk'),
    processes:
      values.processes === undefined ? usual.processes : countOf(values.processes, '--processes', 50, 1e6),
    cpus: values.cpus === undefined ? usual.cpus : countOf(values.cpus, '--cpus', 1, 64),
  };
  const nodes = countOf(values.nodes, '--nodes', 1, mostNodes);
  const { name, json, internet } = values;
  return { name, json, machine: { kind, nodes, limits, internet } };
}

export interface AdoptOptions extends CommonOptions {
  readonly host: string;
  readonly prepare: boolean;
}

export function adoptOptions(args: readonly string[]): AdoptOptions {
  const { positionals, values } = readArguments(
    args,
    { ...common, prepare: { type: 'boolean', default: false } },
    USAGE,
  );
  const [host, ...more] = positionals;
  if (host === undefined) throw new UsageError('Name the host to adopt, such as root@192.0.2.7.', '', USAGE);
  refuseMore(more);
  return { ...values, host };
}

export function refuseMore(words: readonly string[]): void {
  if (words.length > 0) throw new UsageError(`"${words.join(' ')}" is too much.`, '', USAGE);
}

/** ` --name X` for all machines but the usual one. */
export function nameOption(name: string): string {
  return name === defaultMachine ? '' : ` --name ${name}`;
}

export function startWith(name: string): string {
  return `labpath lab up${nameOption(name)}`;
}
