import { textList } from '../markdown/frontmatter';

/** A value that differs from one attempt at a lab to the next; its cells find it in their environment. */
export interface LabVar {
  /** A name bash takes for a variable. */
  readonly name: string;
  /** At least one. */
  readonly choices: readonly string[];
}

export type LabValues = Readonly<Record<string, string>>;

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Names that shells, the loader and interpreters obey: a value for one would change what the same code does. */
const OBEYED =
  /^(PATH|HOME|SHELL|SHELLOPTS|ENV|IFS|CDPATH|GLOBIGNORE|EXECIGNORE|PROMPT_COMMAND|PS[0-4]|LAB_DIR|(BASH|LD_|LC_|PYTHON|PERL|NODE_|SSH_|GIT_).*)$/;
/** More than anyone tries; keeps `PORT=1-65535` from filling the memory. */
const MOST_CHOICES = 1000;

/**
 * Reads `lab_vars: ["SUBNET=10.1.0|10.2.0", "PORT=8080-8090"]`. A list of texts, because Obsidian edits flat
 * properties. Items of another form, and names that shells obey, are left out; `badLabVars` names them.
 */
export function readLabVars(frontmatter: Readonly<Record<string, unknown>>): LabVar[] {
  return textList(frontmatter['lab_vars']).flatMap((item) => parseVar(item) ?? []);
}

/** The items of `lab_vars` that are not `NAME=choice|choice` or `NAME=1-9`. */
export function badLabVars(frontmatter: Readonly<Record<string, unknown>>): string[] {
  return textList(frontmatter['lab_vars']).filter((item) => parseVar(item) === null);
}

/** One value for each variable. The `turn`-th call gives the `turn`-th choice, so that every choice has its turn. */
export function chooseValues(vars: readonly LabVar[], turn: number): LabValues {
  return Object.fromEntries(vars.map(({ name, choices }) => [name, choices[turn % choices.length] ?? '']));
}

/** Of all values those of the variables: what the note's cells find in their environment. */
export function variablesAmong(values: Readonly<Record<string, string>>, vars: readonly LabVar[]): LabValues {
  return Object.fromEntries(vars.map(({ name }) => [name, values[name] ?? '']));
}

function parseVar(item: string): LabVar | null {
  const equals = item.indexOf('=');
  const name = item.slice(0, Math.max(0, equals)).trim();
  const text = item.slice(equals + 1).trim();
  if (equals < 1 || !NAME.test(name) || OBEYED.test(name) || text === '') return null;
  const range = /^(\d{1,9})-(\d{1,9})$/.exec(text);
  const choices = range
    ? numbers(Number(range[1]), Number(range[2]))
    : text.split('|').map((each) => each.trim());
  return choices.length === 0 || choices.includes('') ? null : { name, choices };
}

function numbers(from: number, to: number): string[] {
  const count = Math.min(to - from + 1, MOST_CHOICES);
  return count < 1 ? [] : Array.from({ length: count }, (_, i) => String(from + i));
}
