import { yamlList, yamlText } from '../../markdown/frontmatterEdit';
import type { Output, Receipt } from './receipt';
import { receiptTitle } from './receipt';

const MACHINES: Readonly<Record<Receipt['machine'], string>> = {
  sandbox: 'a sandbox',
  vm: 'a virtual machine',
  host: 'a host',
};

/**
 * A receipt as a note.
 *
 * @param differences what is not as in an earlier receipt, from `compareReceipts`
 * @param earlier the earlier receipt, or null
 */
export function writeReceipt(
  receipt: Receipt,
  earlier: StoredHead | null,
  differences: readonly string[],
): string {
  return [
    ...frontmatter(receipt),
    '',
    `[[${receipt.lab}]] was proved on ${receipt.date.slice(0, 10)} in ${MACHINES[receipt.machine]} on ${receipt.kernel} (${receipt.system}) in ${(receipt.durationMs / 1000).toFixed(1)} s. Every fault broke what it claims and nothing else, every solution mended it, and nothing was left behind.`,
    '',
    ...(earlier === null ? [] : since(earlier, differences)),
    '## Checks',
    '',
    ...matrix(receipt),
    '',
    '## Tools',
    '',
    ...Object.entries(receipt.tools).map(
      ([name, version]) => `- \`${name}\`: ${version || 'version unknown'}`,
    ),
    '',
    '## Outputs',
    '',
    ...receipt.outputs.flatMap(output),
  ].join('\n');
}

/** What is read of an earlier receipt. */
export interface StoredHead {
  readonly date: string;
  readonly kernel: string;
}

function frontmatter({ lab, date, kernel, system, machine, durationMs, fingerprint }: Receipt): string[] {
  return [
    '---',
    `title: ${yamlText(receiptTitle(lab))}`,
    'type: receipt',
    `see_also: ${yamlList([`[[${lab}]]`])}`,
    `proved: ${date}`,
    `kernel: ${yamlText(kernel)}`,
    `system: ${yamlText(system)}`,
    `lab_machine: ${machine}`,
    `seconds: ${(durationMs / 1000).toFixed(1)}`,
    `fingerprint: ${yamlText(fingerprint)}`,
    '---',
  ];
}

function since({ date, kernel }: StoredHead, differences: readonly string[]): string[] {
  return [
    `## Since the receipt of ${date.slice(0, 10)} on ${kernel}`,
    '',
    ...(differences.length === 0
      ? ['Everything was seen as before.']
      : differences.map((line) => `- ${line}`)),
    '',
  ];
}

function matrix({ checks, faults, rows }: Receipt): string[] {
  const ids = checks.map(({ id }) => id);
  const cells = (values: readonly string[]) => `| ${values.join(' | ')} |`;
  return [
    cells(['state', ...ids.map((id) => `\`${id}\``)]),
    cells(['---', ...ids.map(() => '---')]),
    ...rows.map(({ state, verdicts }) => {
      const isFault = faults.some(({ id }) => id === state);
      return cells([isFault ? `fault \`${state}\`` : state, ...ids.map((id) => verdicts[id] ?? '')]);
    }),
  ];
}

function output({ cell, durationMs, text }: Output): string[] {
  // Longer than any run of backticks in it, so that no output ends its own fence.
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`### \`${cell}\` (${Math.round(durationMs)} ms)`, '', `${fence}text`, text, fence, ''];
}
