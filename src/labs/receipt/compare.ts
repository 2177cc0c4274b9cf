import { compareOutput, MASKS } from '../../output/expectation';
import { parseFrontmatter, textList } from '../../markdown/frontmatter';
import { scanFences } from '../../markdown/fences';
import type { Receipt } from './receipt';
import type { StoredHead } from './write';

/** What an earlier receipt holds that a later run can be compared with. */
export interface StoredReceipt extends StoredHead {
  readonly fingerprint: string;
  /** By cell. */
  readonly outputs: ReadonlyMap<string, string>;
  /** By name. */
  readonly tools: ReadonlyMap<string, string>;
}

/** Reads the note that `writeReceipt` wrote, or null when it is none. */
export function readReceipt(text: string): StoredReceipt | null {
  const { data } = parseFrontmatter(text);
  if (data['type'] !== 'receipt') return null;
  const [date = ''] = textList(data['proved']);
  const [kernel = ''] = textList(data['kernel']);
  const [fingerprint = ''] = textList(data['fingerprint']);
  const lines = text.split('\n');
  const outputs = scanFences(text).flatMap((fence): [string, string][] => {
    // The heading, an empty line, the fence.
    const cell = /^### `([^`]+)`/.exec(lines[fence.line - 3] ?? '')?.[1];
    return cell === undefined ? [] : [[cell, fence.body]];
  });
  const tools = [...text.matchAll(/^- `([^`]+)`: (.*)$/gm)].map(
    ([, name = '', version = '']) => [name, version] as const,
  );
  return { date, kernel, fingerprint, outputs: new Map(outputs), tools: new Map(tools) };
}

/** What a run saw otherwise than the receipt says, as full sentences; numbers, times and addresses may differ. */
export function compareReceipts(earlier: StoredReceipt, now: Receipt): string[] {
  const differences: string[] = [];
  if (earlier.kernel !== now.kernel)
    differences.push(`The kernel was ${earlier.kernel}, and now is ${now.kernel}.`);
  for (const [tool, version] of Object.entries(now.tools)) {
    const before = earlier.tools.get(tool);
    if (before !== undefined && version !== '' && before !== version) {
      differences.push(`\`${tool}\` was ${before}, and now is ${version}.`);
    }
  }
  for (const { cell, text } of now.outputs) {
    const before = earlier.outputs.get(cell);
    const mismatch =
      before === undefined ? null : compareOutput({ text: before, match: 'lines', masks: MASKS }, text);
    if (mismatch !== null) {
      const [was, is] = [mismatch.wanted, mismatch.found].map((line) =>
        line === null ? 'nothing' : `\`${line.trim()}\``,
      );
      differences.push(`\`${cell}\` printed ${was}, and now ${is}.`);
    }
  }
  return differences;
}
