/** Text in columns, as commands print it (CSV, TSV, or with blanks between), read into a table. */
import type { OutputTable } from './table';

/** A table read from text, and the lines in it that hold no row of it. */
export interface ReadColumns extends OutputTable {
  readonly otherLines: number;
}

/** Blanks come last: what stands between tabs or commas may hold blanks. */
const SEPARATORS: readonly (string | RegExp)[] = ['\t', ';', ',', /\s+/];

/**
 * Reads rows of columns; null when there are none. A row holds at least one number, and as many fields as most such
 * lines; other lines are counted. The line before the first row names the columns when it has as many fields and no
 * number; a `#` in front of it is taken off. Without such a line columns are called by their place.
 */
export function readColumns(text: string): ReadColumns | null {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const split = splitterFor(lines.filter((line) => !line.startsWith('#')));
  const fields = lines.map((line) => (line.startsWith('#') ? [] : split(line)));
  const width = mostCommon(fields.filter(hasNumber).map(({ length }) => length));
  const isRow = (row: readonly string[]) => row.length === width && hasNumber(row);
  const first = fields.findIndex(isRow);
  if (width === null || first === -1) return null;
  const rows = fields.filter(isRow);
  const heading = split((lines[first - 1] ?? '').replace(/^#\s*/, ''));
  const isNamed = first > 0 && heading.length === width && !hasNumber(heading);
  const columns = isNamed ? heading : Array.from({ length: width }, (_, i) => String(i + 1));
  const comments = lines.filter((line) => line.startsWith('#')).length;
  const isComment = isNamed && lines[first - 1]?.startsWith('#') === true;
  const otherLines = lines.length - rows.length - comments - (isNamed && !isComment ? 1 : 0);
  return { columns, rows, otherLines };
}

/** `12`, `-3.5`, `1e6`, `.5`, `95%`; null for everything else, so that an address or a version is no number. */
export function readNumber(text: string): number | null {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?%?$/i.test(text) ? Number.parseFloat(text) : null;
}

function hasNumber(fields: readonly string[]): boolean {
  return fields.some((field) => readNumber(field) !== null);
}

function splitterFor(lines: readonly string[]): (line: string) => string[] {
  const fits = (separator: string | RegExp): boolean => {
    const rows = lines.map((line) => splitBy(line, separator)).filter(({ length }) => length > 1);
    return rows.some(hasNumber) && rows.length * 2 >= lines.length;
  };
  const separator = SEPARATORS.find(fits) ?? /\s+/;
  return (line) => splitBy(line, separator);
}

function splitBy(line: string, separator: string | RegExp): string[] {
  if (separator === ',' || separator === ';') return splitQuoted(line, separator);
  return line.split(separator).map((field) => field.trim());
}

/** A field in double quotes may hold the separator, and a quote as two of them (RFC 4180). */
function splitQuoted(line: string, separator: string): string[] {
  const fields = [''];
  let quoted = false;
  for (const [i, char] of [...line].entries()) {
    const field = fields.at(-1) ?? '';
    if (char === '"') {
      quoted = !quoted;
      if (quoted && field !== '' && line[i - 1] === '"') fields[fields.length - 1] = `${field}"`;
    } else if (char === separator && !quoted) fields.push('');
    else fields[fields.length - 1] = field + char;
  }
  return fields.map((field) => field.trim());
}

function mostCommon(counts: readonly number[]): number | null {
  const times = new Map<number, number>();
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1);
  return [...times].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}
