import { isSystem } from './dangers/files';
import { dangerOf } from './dangers/patterns';
import { shellCommands, type ShellCommand } from './shellCommands';
import { expanded, variablesOf } from './variables';

/** A line that may cost the host its disks, or cost the user the way to it. */
export interface Danger {
  /** 1-based line of the source; 0 for the fence's own opening line. */
  readonly line: number;
  /** The line as written. */
  readonly text: string;
  /** What it may do, as a clause: “formats a disk”. */
  readonly what: string;
}

/** Programs that run the rest of their words: how many words (and options with a value) stand before the command. */
const RUNNERS: Readonly<Record<string, RegExp>> = {
  sudo: /^-[ugpCDhRTrt]$/,
  doas: /^-[uC]$/,
  env: /^-[uCS]$/,
  nice: /^-n$/,
  ionice: /^-[cnp]$/,
  timeout: /^-[ks]$/,
  stdbuf: /^-[ioe]$/,
  xargs: /^-[aEIdLnPs]$/,
  nohup: /^$/,
  time: /^-[fo]$/,
  exec: /^-a$/,
  command: /^$/,
  builtin: /^$/,
  setsid: /^$/,
  busybox: /^$/,
};
/** Words of the shell's grammar that stand before a command. */
const KEYWORDS = /^(if|then|else|elif|do|while|until|!|\{|time|coproc)$/;
const SHELLS = /^(ba|da|z|k|a)?sh$/;
/** Their command runs in a container or on another machine, which the host outlives. */
const ELSEWHERE =
  /^(docker|podman|nerdctl|crictl|kubectl|lxc|incus|machinectl|systemd-nspawn|chroot|ssh|vagrant|virsh)$/;
const DEEPEST = 5;

/**
 * The lines of a cell that destroy what cannot be had back: the host's disks and system files, its network towards the
 * user, its SSH server, or the machine's running. A seat belt for honest mistakes and plain malice; code that wants to
 * hide what it does (`eval`, downloads, encodings) can.
 *
 * @param inNetns the cell's shell is in a network namespace, whose firewall and links are not the host's
 */
export function findDangers(source: string, inNetns = false): Danger[] {
  const lines = source.split('\n');
  const dangers = new Map<string, Danger>();
  for (const { line, what } of inSource(source, inNetns, 0)) {
    const text = (lines[line - 1] ?? '').trim();
    dangers.set(`${line} ${what}`, { line, text, what });
  }
  return [...dangers.values()].sort((one, other) => one.line - other.line);
}

interface Found {
  readonly line: number;
  readonly what: string;
}

function inSource(source: string, inNetns: boolean, depth: number): Found[] {
  const forkBomb = /([\w:.]{1,40}) ?\(\) ?\{ ?\1 ?\| ?\1 ?& ?\} ?;/.exec(source);
  const bombs: Found[] =
    forkBomb === null
      ? []
      : [{ line: lineAt(source, forkBomb.index), what: 'fills the machine with processes' }];
  let folder = '';
  const commands = shellCommands(source);
  const variables = variablesOf(commands);
  const found = commands.flatMap((written) => {
    const words = expanded(written.words, variables);
    const command = { ...written, words, writesTo: expanded(written.writesTo, variables) };
    const [program, into = '~'] = words;
    if (program === 'cd') folder = into;
    return inCommand(seenFrom(folder, command), inNetns, depth);
  });
  return [...bombs, ...found];
}

/** `cd / && rm -rf *` is `rm -rf /*`. Of other folders it makes no difference where one stands. */
function seenFrom(folder: string, command: ShellCommand): ShellCommand {
  if (!isSystem(folder)) return command;
  const words = command.words.map((word) =>
    /^(\.|\*|\.\/\*?)$/.test(word) ? `${folder.replace(/\/$/, '')}/*` : word,
  );
  return { ...command, words };
}

/** What a file does that is written to this path, as the clauses of `Danger`. */
export function dangersOfFile(path: string): string[] {
  return dangerOf({ program: '', args: [], writesTo: [path.replace(/^\$HOME\//, '~/')] }, false);
}

function lineAt(source: string, index: number): number {
  return source.slice(0, index).split('\n').length;
}

function inCommand(command: ShellCommand, inNetns: boolean, depth: number): Found[] {
  const { line, writesTo, documents } = command;
  const bare = unwrap(command.words, inNetns);
  if (bare === null) return [];
  const [program = '', ...args] = bare.words;
  const found = dangerOf({ program, args, writesTo }, bare.inNetns).map((what) => ({ line, what }));
  if (depth >= DEEPEST) return found;
  for (const script of scriptsOf(program, args, documents)) {
    // Whatever line of the script it is: the user finds it by the command that runs the script.
    found.push(...inSource(script, bare.inNetns, depth + 1).map(({ what }) => ({ line, what })));
  }
  return found;
}

/** Bash source that a command hands to another shell. */
function scriptsOf(
  program: string,
  args: readonly string[],
  documents: readonly string[],
): readonly string[] {
  if (program === 'eval') return [args.join(' ')];
  if (program === 'trap') return args.slice(0, 1);
  if (!SHELLS.test(program) && !/^(su|runuser|script)$/.test(program)) return [];
  const flag = args.findIndex((arg) => /^-[a-z]*c$/.test(arg));
  return [...(flag === -1 ? [] : [args[flag + 1] ?? '']), ...documents];
}

interface Bare {
  readonly words: readonly string[];
  readonly inNetns: boolean;
}

/** The command itself without `sudo`, `env A=b`, `ip netns exec red` and the like; null when it runs elsewhere. */
function unwrap(words: readonly string[], inNetns: boolean): Bare | null {
  let rest = words;
  let within = inNetns;
  for (;;) {
    const [first = '', second, third] = rest;
    const program = nameOf(first);
    const valueOption = RUNNERS[program];
    if (first === '') return { words: [], inNetns: within };
    if (KEYWORDS.test(first) || /^[A-Za-z_]\w*\+?=/.test(first)) rest = rest.slice(1);
    else if (ELSEWHERE.test(program)) return null;
    else if (program === 'ip' && /^(netns|net|-n|-netns)$/.test(second ?? '')) {
      within = true;
      rest = third === 'exec' ? rest.slice(4) : ['ip', ...rest.slice(3)];
    } else if (program === 'nsenter' || program === 'unshare') {
      const options = rest.slice(1);
      within = networkBehind(program, options, within);
      rest = options.filter((_, index) => isProgramOn(options, index));
    } else if (valueOption !== undefined) rest = afterOptions(rest.slice(1), valueOption, program);
    else return { words: [program, ...rest.slice(1)], inNetns: within };
  }
}

/** Whether the network behind `nsenter` or `unshare` is another one than the host's. Process 1 has the host's. */
function networkBehind(program: string, options: readonly string[], within: boolean): boolean {
  const start = options.findIndex((_, index) => isProgramOn(options, index));
  const own = start === -1 ? options : options.slice(0, start);
  const changes = own.some((word) => /^(-[a-zA-Z]*n[a-zA-Z]*|--net(=.*)?|-[a-zA-Z]*a|--all)$/.test(word));
  if (!changes) return within;
  return program === 'unshare' || !/(^| )(-t ?|--target[ =])1( |$)/.test(own.join(' '));
}

/** From the first word on that is no option, nor the number behind `-t`. */
function isProgramOn(words: readonly string[], index: number): boolean {
  const start = words.findIndex((word) => !word.startsWith('-') && !/^\d+$/.test(word));
  return start !== -1 && index >= start;
}

function afterOptions(words: readonly string[], withValue: RegExp, runner: string): readonly string[] {
  let at = 0;
  while (at < words.length && (words[at] ?? '').startsWith('-'))
    at += withValue.test(words[at] ?? '') ? 2 : 1;
  // `timeout 5 cmd`
  return words.slice(runner === 'timeout' ? at + 1 : at);
}

/** `/sbin/mkfs` is `mkfs`, and so is `\\mkfs`. */
function nameOf(word: string): string {
  return word.replace(/^.*\//, '');
}
