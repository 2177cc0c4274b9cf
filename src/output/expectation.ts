/** How an expected text is held against an output. */
export interface ExpectedOutput {
  readonly text: string;
  /**
   * `contains`: each expected line stands in some line of the output, in this order, others may stand between.
   * `regex`: the same with patterns. `lines`: the output is exactly these lines; blanks at line ends do not count.
   */
  readonly match: 'contains' | 'regex' | 'lines';
  readonly masks: readonly Mask[];
}

/** What differs from run to run and is not compared. */
export type Mask = 'mac' | 'pid' | 'time' | 'address' | 'number';

/** The first place where an output is not what was expected. */
export interface Mismatch {
  /** The expected line that was not found, or null when the output goes on behind the last one. */
  readonly wanted: string | null;
  /** What stands in its place, or null at the end of the output (and where any later line might have fitted). */
  readonly found: string | null;
}

const PATTERNS: Readonly<Record<Mask, RegExp>> = {
  mac: /\b[0-9a-f]{2}(?::[0-9a-f]{2}){5}\b/gi,
  pid: /\b\d{2,7}\b/g,
  time: /\b\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\b|\b\d+(?:\.\d+)? ?(?:ms|us|s|sec)\b|\b\d{4}-\d{2}-\d{2}\b/g,
  address:
    /\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:[0-9a-f]{1,4}:){2,7}:?[0-9a-f]{1,4}\b|\b[0-9a-f:]+::[0-9a-f:]*/gi,
  number: /\d+(?:\.\d+)?/g,
};

/** From the most specific on: a time is masked as a time before its digits are masked as numbers. */
export const MASKS: readonly Mask[] = ['time', 'mac', 'address', 'pid', 'number'];

/** What is wrong with an output, or null when it is as expected. A pattern that is no regular expression matches nothing. */
export function compareOutput({ text, match, masks }: ExpectedOutput, output: string): Mismatch | null {
  // Patterns are not masked: they say themselves what may differ.
  const wanted = linesOf(match === 'regex' ? text : masked(text, masks));
  const found = linesOf(masked(output, masks));
  return match === 'lines' ? compareExactly(wanted, found) : compareInOrder(wanted, found, match);
}

function compareExactly(wanted: readonly string[], found: readonly string[]): Mismatch | null {
  const at = Array.from({ length: Math.max(wanted.length, found.length) }).findIndex(
    (_, i) => wanted[i] !== found[i],
  );
  return at === -1 ? null : { wanted: wanted[at] ?? null, found: found[at] ?? null };
}

function compareInOrder(
  wanted: readonly string[],
  found: readonly string[],
  match: 'contains' | 'regex',
): Mismatch | null {
  let next = 0;
  for (const line of wanted.filter((each) => each !== '')) {
    const fits = match === 'contains' ? (each: string) => each.includes(line) : fitsPattern(line);
    const at = found.findIndex((each, i) => i >= next && fits(each));
    if (at === -1) return { wanted: line, found: found[next] ?? null };
    next = at + 1;
  }
  return null;
}

function fitsPattern(pattern: string): (line: string) => boolean {
  try {
    const regex = new RegExp(pattern);
    return (line) => regex.test(line);
  } catch {
    return () => false;
  }
}

/** The patterns of a text that JavaScript does not take as regular expressions. */
export function brokenPatterns(text: string): string[] {
  return linesOf(text).filter((line) => {
    try {
      return new RegExp(line).source === '';
    } catch {
      return true;
    }
  });
}

/** A text with all that is masked replaced by the masks’ names. */
export function masked(text: string, masks: readonly Mask[]): string {
  return MASKS.filter((mask) => masks.includes(mask)).reduce(
    (rest, mask) => rest.replace(PATTERNS[mask], `<${mask}>`),
    text,
  );
}

/** Without blanks at line ends and empty lines at the end. */
function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trimEnd());
  while (lines.at(-1) === '') lines.pop();
  return lines;
}
