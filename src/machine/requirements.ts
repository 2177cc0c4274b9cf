/** What a machine offers to labs, by the names that `lab_requires` uses. */
export interface Capabilities {
  /** Changes with every boot (random(4), boot_id): what was found holds until then. */
  readonly boot: string;
  /** Such as “Linux 6.1.0-18-amd64”. */
  readonly kernel: string;
  readonly names: ReadonlySet<string>;
  /** How many nodes share its segment; 1 for a single machine. */
  readonly nodes: number;
}

/** The kinds of requirement there are, for the authoring linter. A number of nodes is written `nodes>=3`. */
export const requirementPattern =
  /^(cap\/[a-z_]+|kernel\/[\w.-]+|cgroup2(\/[a-z]+)?|tool\/[\w.+-]+|kvm|internet|nodes>=[1-9]\d*)$/;

/** The requirements a machine does not meet, in the order given. What is no requirement at all is never met. */
export function unmet(requirements: readonly string[], capabilities: Capabilities): readonly string[] {
  return requirements.filter((each) => !meets(each.trim(), capabilities));
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
    case 'kvm':
      return 'hardware virtualisation (KVM)';
    case 'internet':
      return 'a way to the internet';
    case 'nodes':
      return `${name} machines on one network`;
    default:
      return `“${requirement}”, which is no known requirement`;
  }
}

/** The machine that would meet what another one lacks, as the command that starts it; null where none is known to. */
export function machineFor(lacking: readonly string[]): string | null {
  const kinds = lacking.map(split);
  if (kinds.some(([kind]) => kind === 'kvm' || kind === '')) return null;
  const nodes = Math.max(1, ...kinds.map(([kind, name]) => (kind === 'nodes' ? Number(name) : 1)));
  const onlyNodes = kinds.every(([kind]) => kind === 'nodes');
  const internet = kinds.some(([kind]) => kind === 'internet');
  return [
    'labpath lab up',
    ...(onlyNodes ? [] : ['--vm']),
    ...(internet ? ['--internet'] : []),
    ...(nodes > 1 ? [`--nodes ${nodes}`] : []),
  ].join(' ');
}

function meets(requirement: string, { names, nodes }: Capabilities): boolean {
  const [kind, name] = split(requirement);
  if (kind === 'nodes') return nodes >= Number(name);
  if (kind !== 'kernel') return names.has(requirement);
  // People say netem, bbr and statistic for what the kernel calls sch_netem, tcp_bbr and xt_statistic.
  const feature = name.replaceAll('-', '_');
  return ['', 'sch_', 'tcp_', 'xt_'].some((prefix) => names.has(`kernel/${prefix}${feature}`));
}

function split(requirement: string): readonly [kind: string, name: string] {
  if (!requirementPattern.test(requirement)) return ['', requirement];
  const [kind = '', name = ''] = requirement.split(/\/|>=/);
  return [kind, name];
}
