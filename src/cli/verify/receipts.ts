import { access, readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { describeProblem, asProblem } from '../../base/problem';
import { compareReceipts, readReceipt, type StoredReceipt } from '../../labs/receipt/compare';
import { labFingerprint, observedOutputs, receiptTitle, type Receipt } from '../../labs/receipt/receipt';
import { writeReceipt } from '../../labs/receipt/write';
import { textList } from '../../markdown/frontmatter';
import { addToList, setProperty } from '../../markdown/frontmatterEdit';
import { createNote, editNote } from '../../vault/write';
import type { LabNote } from './labNotes';
import type { MachineKind, VerifyOptions } from './options';
import type { LabOutcome } from './outcome';

/** The receipt of a lab that was run, or null. */
function receiptOf(outcome: LabOutcome, machine: MachineKind, date: string): Receipt | null {
  const { note, lab, proof, machine: facts, durationMs } = outcome;
  if (proof === null || facts === null) return null;
  return {
    lab: note.title,
    date,
    machine,
    durationMs,
    kernel: facts.kernel,
    system: facts.system,
    tools: facts.tools,
    fingerprint: labFingerprint(note.cells),
    checks: lab.checks,
    faults: lab.faults,
    rows: proof.rows,
    outputs: observedOutputs(proof.ran),
  };
}

/**
 * What there is to say about a lab's receipt: how this run differs from the earlier one, and with `--write` what was
 * written. Full sentences.
 */
export async function remarksOn(
  outcome: LabOutcome,
  options: VerifyOptions,
  date: string,
): Promise<string[]> {
  const receipt = receiptOf(outcome, options.machine, date);
  if (receipt === null) return [];
  const earlier = await earlierReceipt(outcome.note, options);
  const differences = earlier === null ? [] : compareReceipts(earlier, receipt);
  const since = earlier === null ? '' : `Since the receipt of ${earlier.date.slice(0, 10)}: `;
  const written = options.write ? await record(outcome, receipt, earlier, options) : [];
  return [...differences.map((sentence) => since + sentence), ...written];
}

/** The receipt an earlier run left, or null. */
async function earlierReceipt(note: LabNote, options: VerifyOptions): Promise<StoredReceipt | null> {
  const { root, path } = await placeOf(note, options);
  const text = await readFile(join(root, path), 'utf8').catch(() => null);
  return text === null ? null : readReceipt(text);
}

/**
 * Writes the receipt of a proved lab and marks the lab `verified`; a lab that was refuted and said `verified` goes back
 * to `ready`. Gives sentences about what was written, or what went wrong.
 */
async function record(
  outcome: LabOutcome,
  receipt: Receipt,
  earlier: StoredReceipt | null,
  options: VerifyOptions,
): Promise<string[]> {
  const { note, verdict } = outcome;
  const { root, path } = await placeOf(note, options);
  const notePath = relative(root, note.path).split(sep).join('/');
  try {
    if (verdict !== 'proved') {
      if (note.frontmatter['status'] !== 'verified') return [];
      await editNote(root, notePath, (text) => setProperty(text, 'status', 'ready'));
      return ['It said `status: verified`, which it is no longer; it is `ready` again.'];
    }
    const text = writeReceipt(receipt, earlier, earlier === null ? [] : compareReceipts(earlier, receipt));
    if (earlier === null) await createNote(root, path, text);
    else await editNote(root, path, () => text);
    await editNote(root, notePath, (old) => verified(old, note));
    return [`The receipt is in ${path}; the lab is \`verified\`.`];
  } catch (error) {
    return [describeProblem(asProblem(error, `The receipt of ${note.title} could not be written.`))];
  }
}

function verified(text: string, { frontmatter, title }: LabNote): string {
  const link = `[[${receiptTitle(title)}]]`;
  const sources = textList(frontmatter['source_of_truth']);
  const linked = sources.includes(link) ? text : addToList(text, 'source_of_truth', link);
  return setProperty(linked, 'status', 'verified');
}

async function placeOf(note: LabNote, { receipts }: VerifyOptions): Promise<{ root: string; path: string }> {
  return { root: await vaultOf(note), path: `${receipts}/${receiptTitle(note.title)}.md` };
}

/** The vault a note lies in, told by Obsidian's folder; else where it was found from. */
async function vaultOf({ path, base }: LabNote): Promise<string> {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const isVault = await access(join(folder, '.obsidian')).then(
      () => true,
      () => false,
    );
    if (isVault) return folder;
  }
  return base;
}
