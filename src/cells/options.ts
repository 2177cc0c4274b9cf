import { isContainerName, isNetnsName } from '../base/placeNames';
import type { Attributes, Role } from './cell';

/** Whether a switch is on: the bare key, or a value that says yes. */
export function isOn(attributes: Attributes, key: string): boolean {
  const value = attributes[key];
  return value === true || (value !== undefined && /^(true|yes|on|1)$/i.test(value));
}

/** Whether a switch that is on by itself is switched off: `tty=false`. */
export function isOff(attributes: Attributes, key: string): boolean {
  const value = attributes[key];
  return typeof value === 'string' && /^(false|no|off|0)$/i.test(value);
}

/** The value of a key, or null when it is absent or a bare flag. */
export function textOf(attributes: Attributes, key: string): string | null {
  const value = attributes[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A comma-separated value as its items. */
export function listOf(attributes: Attributes, key: string): string[] {
  return (textOf(attributes, key) ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

const longestTimer = 2 ** 31 - 1;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/**
 * `500ms`, `30s`, `2m`, `1h`, or seconds without a unit; in milliseconds. Null when it is none of these, or no time at
 * all, or more than a timer can hold (24 days).
 */
export function durationMs(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text.trim());
  const ms = match ? Number(match[1]) * (UNITS[match[2] ?? 's'] ?? 1000) : 0;
  return ms >= 1 && ms <= longestTimer ? ms : null;
}

/** The host that a cell names, by `host=` or `node=`; null for that of its note. */
export function namedHost(attributes: Attributes): string | null {
  return textOf(attributes, 'host') ?? textOf(attributes, 'node');
}

/** The namespace of `in=netns:red`, or null. */
export function netnsOf(attributes: Attributes): string | null {
  const name = nameIn(attributes, 'netns:');
  return isNetnsName(name) ? name : null;
}

/** The container or pod of `in=container:web`, or null. */
export function containerOf(attributes: Attributes): string | null {
  const name = nameIn(attributes, 'container:');
  return isContainerName(name) ? name : null;
}

function nameIn(attributes: Attributes, kind: string): string {
  const value = textOf(attributes, 'in');
  return value?.startsWith(kind) ? value.slice(kind.length) : '';
}

/**
 * Whether a cell that ended with this status did what its note expects: `expect-exit=1`, `expect-exit=0,1`,
 * `expect-exit=nonzero` or `expect-exit=any`; 0 when the key is absent. A status nobody reported is never expected.
 */
export function isExpectedStatus(attributes: Attributes, exitStatus: number | null): boolean {
  if (exitStatus === null) return false;
  const wanted = listOf(attributes, 'expect-exit');
  if (wanted.length === 0) return exitStatus === 0;
  return wanted.some(
    (item) => item === 'any' || (item === 'nonzero' && exitStatus !== 0) || item === String(exitStatus),
  );
}

/**
 * Why it is unclear where a cell would run, or null. Then it must not run at all: what is meant for a namespace or
 * another host may do harm here.
 */
export function unclearPlace(attributes: Attributes): string | null {
  if (attributes['in'] !== undefined && netnsOf(attributes) === null && containerOf(attributes) === null) {
    return '`in` needs the form `netns:NAME` or `container:NAME`, so it is not clear where this cell would run.';
  }
  const unnamed = ['host', 'node', 'session'].find(
    (key) => attributes[key] !== undefined && textOf(attributes, key) === null,
  );
  return unnamed === undefined
    ? null
    : `\`${unnamed}\` names nothing, so it is not clear where this cell would run.`;
}

/** What is wrong with the values of known keys, as full sentences. */
export function checkValues(attributes: Attributes, role: Role | null): string[] {
  const wrong: string[] = [];
  const check = (key: string, fits: (value: string) => boolean, form: string) => {
    const value = attributes[key];
    if (value === undefined || (value !== true && fits(value))) return;
    wrong.push(`\`${key}\` needs ${form}; ${value === true ? 'it has no value' : `\`${value}\` is not`}.`);
  };
  check('timeout', isDuration, 'a duration such as `30s` or `2m`');
  check('every', isDuration, 'a duration such as `5s`');
  check('expect-exit', isStatusList, 'an exit status, a list of them, `nonzero` or `any`');
  check('layer', (value) => /^(link|ip|route|nat|app)$/.test(value), 'one of link, ip, route, nat, app');
  if (role === 'file') {
    check('mode', (value) => /^[0-7]{3,4}$/.test(value), 'an octal file mode such as `0755`');
    check('file', isFilePath, 'an absolute path, or one below `~/` or `$LAB_DIR/`');
  } else {
    check('mode', (value) => /^(edge|level)$/.test(value), '`edge` or `level`');
  }
  return wrong;
}

/** The path a `file=` fence writes to; null for all other cells. */
export function fileOf({ role, attributes }: { role: Role | null; attributes: Attributes }): string | null {
  return role === 'file' ? textOf(attributes, 'file') : null;
}

/** Where a `file=` fence may go. A relative path would depend on a shell's working directory. */
export function isFilePath(path: string): boolean {
  return /^(\/|~\/|\$LAB_DIR\/)./.test(path) && !path.endsWith('/');
}

function isDuration(value: string): boolean {
  return durationMs(value) !== null;
}

function isStatusList(value: string): boolean {
  return value.split(',').every((item) => /^(any|nonzero|\d{1,3})$/.test(item.trim()));
}
