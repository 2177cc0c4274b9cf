/** What a lab needs of its machine (`lab_requires`, `lab_env`), and what a machine offers: the one place that compares. */
import { textList } from '../markdown/frontmatter';

/** What a machine offers to labs, by the names that `lab_requires` uses. */
export interface Offer {
  readonly names: ReadonlySet<string>;
  /** How many nodes share its segment; 1 for a single machine. */
  readonly nodes: number;
}

/** A number of nodes is written `nodes>=3`; `vm` and `cluster` are what `lab_env: vm` and `lab_env: cluster` say. */
const form =
  /^(cap\/[a-z_]+|kernel\/[\w.-]+|cgroup2(\/[a-z]+)?|tool\/[\w.+-]+|vm|kvm|cluster|internet|nodes>=[1-9]\d*)$/;

type Frontmatter = Readonly<Record<string, unknown>>;

/** What a lab needs of its machine; items that are no requirement are left out. */
export function readRequirements(frontmatter: Frontmatter): string[] {
  const [env] = textList(frontmatter['lab_env']);
  const written = textList(frontmatter['lab_requires']).filter((item) => form.test(item));
  const implied = env === 'vm' || env === 'cluster' ? [env] : [];
  return [...implied, ...written.filter((item) => !implied.includes(item))];
}

/** What stands in `lab_requires` and is no requirement, for the linter. */
export function badRequirements(frontmatter: Frontmatter): string[] {
  return textList(frontmatter['lab_requires']).filter((item) => !form.test(item));
}

/** The requirements a machine does not meet, in the order given. What is no requirement at all is never met. */
export function unmet(requirements: readonly string[], offer: Offer): string[] {
  return requirements.filter((each) => {
    const [kind, name] = split(each.trim());
    if (kind === 'nodes') return offer.nodes < Number(name);
    return !namesThatMeet(each.trim()).some((met) => offer.names.has(met));
  });
}

/** Kinds of which is known, before any machine runs, that the usual sandbox has none. */
const KINDS_BEYOND_SANDBOX = ['vm', 'internet', 'nodes', 'kvm', 'cluster'];

/** The requirements that the usual sandbox does not meet, for all that is known without one. */
export function beyondSandbox(requirements: readonly string[]): string[] {
  return requirements.filter((each) => KINDS_BEYOND_SANDBOX.includes(kindOf(each)));
}

/** The names a machine may have what is required under. */
export function namesThatMeet(requirement: string): string[] {
  const [kind, name] = split(requirement);
  if (kind === '' || kind === 'nodes') return [];
  if (kind !== 'kernel') return [requirement];
  // People say netem, bbr and statistic for what the kernel calls sch_netem, tcp_bbr and xt_statistic.
  const feature = name.replaceAll('-', '_');
  return ['', 'sch_', 'tcp_', 'xt_'].map((prefix) => `kernel/${prefix}${feature}`);
}

/** How many machines on one network a lab needs, at least. */
export function nodesOf(requirements: readonly string[]): number {
  return Math.max(
    1,
    ...requirements.map((each) => {
      const [kind, name] = split(each);
      return kind === 'nodes' ? Number(name) : 1;
    }),
  );
}

/** `cap`, `kernel`, `cgroup2`, `tool`, `vm`, `kvm`, `cluster`, `internet` or `nodes`; empty for what is no requirement. */
export function kindOf(requirement: string): string {
  return split(requirement)[0];
}

/** A requirement in words, as in “blocked by: the program bpftrace”. */
export function requirementInWords(requirement: string): string {
  const [kind, name = ''] = split(requirement);
  switch (kind) {
    case 'cap':
      return `the right CAP_${name.toUpperCase()}`;
    case 'kernel':
      return `${name} in the kernel`;
    case 'cgroup2':
      return name === '' ? 'control groups (v2)' : `the ${name} controller of control groups`;
    case 'tool':
      return `the program ${name}`;
    case 'vm':
      return 'a kernel of its own';
    case 'kvm':
      return 'hardware virtualisation (KVM)';
    case 'cluster':
      return 'a Kubernetes cluster that its kubectl reaches';
    case 'internet':
      return 'a way to the internet';
    case 'nodes':
      return `${name} machines on one network`;
    default:
      return `“${requirement}”, which is no known requirement`;
  }
}

/** All of them as one enumeration: `the programs ip and ping, the right CAP_NET_ADMIN`. */
export function requirementsInWords(requirements: readonly string[]): string {
  const tools = requirements.flatMap((each) => {
    const [kind, name = ''] = split(each);
    return kind === 'tool' ? [name] : [];
  });
  const others = requirements.filter((each) => split(each)[0] !== 'tool').map(requirementInWords);
  const last = tools.at(-1);
  const programs =
    last === undefined
      ? []
      : tools.length === 1
        ? [`the program ${last}`]
        : [`the programs ${tools.slice(0, -1).join(', ')} and ${last}`];
  return [...programs, ...others].join(', ');
}

/** How to start a machine that has what another one lacks. */
export interface BetterMachine {
  readonly vm: boolean;
  readonly internet: boolean;
  readonly nodes: number;
}

/** The machine that would meet what another one lacks; null where none of ours would. */
export function machineFor(lacking: readonly string[]): BetterMachine | null {
  const kinds = lacking.map(split);
  if (kinds.some(([kind]) => ['kvm', 'cluster', ''].includes(kind))) return null;
  const nodes = nodesOf(lacking);
  const onlyNodes = kinds.every(([kind]) => kind === 'nodes');
  const internet = kinds.some(([kind]) => kind === 'internet');
  return { vm: !onlyNodes, internet, nodes };
}

/** Its arguments of `labpath lab up`. */
export function upArguments({ vm, internet, nodes }: BetterMachine): string[] {
  return [
    ...(vm ? ['--vm'] : []),
    ...(internet ? ['--internet'] : []),
    ...(nodes > 1 ? ['--nodes', String(nodes)] : []),
  ];
}

function split(requirement: string): readonly [kind: string, name: string] {
  if (!form.test(requirement)) return ['', requirement];
  const [kind = '', name = ''] = requirement.split(/\/|>=/);
  return [kind, name];
}
