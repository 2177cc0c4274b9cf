/** Rows of named values, as `ip -j`, `lsblk -J`, `docker ps --format json` and `kubectl -o json` print them. */
export interface OutputTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Wider tables than anyone reads. */
const MOST_COLUMNS = 40;

/** An output as JSON: one value, or one a line; null when it is neither. */
export function parseJson(text: string): unknown {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed)) return null;
  const whole = tryJson(trimmed);
  if (whole !== undefined) return whole;
  const lines = trimmed.split('\n').map((line) => tryJson(line));
  return lines.length > 1 && lines.every((value) => value !== undefined) ? lines : null;
}

/**
 * JSON as a table, or null when it holds no list of objects. An object that holds one list (`{"items": […]}`) is that
 * list; nested values get columns of their own (`stats.rx`), lists are joined.
 */
export function jsonTable(value: unknown): OutputTable | null {
  const objects = listOfObjects(value);
  if (objects === null || objects.length === 0) return null;
  const flat = objects.map((object) => flatten(object));
  const columns = [...new Set(flat.flatMap((row) => [...row.keys()]))].slice(0, MOST_COLUMNS);
  return { columns, rows: flat.map((row) => columns.map((column) => row.get(column) ?? '')) };
}

function listOfObjects(value: unknown): readonly object[] | null {
  if (Array.isArray(value)) return value.every(isObject) ? value : null;
  if (!isObject(value)) return null;
  const lists = Object.values(value).filter((each) => Array.isArray(each) && each.length > 0);
  return lists.length === 1 ? listOfObjects(lists[0]) : [value];
}

function flatten(object: object, prefix = '', into = new Map<string, string>()): Map<string, string> {
  for (const [key, value] of Object.entries(object) as [string, unknown][]) {
    const name = prefix + key;
    if (isObject(value)) flatten(value, `${name}.`, into);
    else into.set(name, cellText(value));
  }
  return into;
}

function cellText(value: unknown): string {
  if (Array.isArray(value))
    return value.map((each) => (isObject(each) ? inWords(each) : cellText(each))).join(', ');
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : JSON.stringify(value);
}

/** `local=10.0.0.1 prefixlen=24`: objects in a list, without braces and quotes. */
function inWords(object: object): string {
  return [...flatten(object)].map(([key, value]) => `${key}=${value}`).join(' ');
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
