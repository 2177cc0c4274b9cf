import { tellsFix, fixLines } from '../lint/hints';
import type { Fault, Lab } from '../lab';
import type { Bench } from './bench';
import type { Row, TrialResult } from './proof';
import type { Snapshot } from './residue';
import { outcome, Stage, type StageOptions } from './stage';

/**
 * One fault from a clean state: it breaks the checks it claims and no others, the hints work, the solution mends, and
 * the cleanup leaves nothing, be the fault mended or not.
 *
 * @param tools ids of the checks that are also tried without their tools
 */
export async function faultTrial(
  bench: Bench,
  fault: Fault,
  tools: readonly string[],
  options: StageOptions,
): Promise<TrialResult> {
  const stage = new Stage(`fault ${fault.id}`, bench, options);
  const before = await stage.snapshot('before');
  const isWhole = await makeWhole(stage);
  const wentIn = isWhole && (await breakAndMend(stage, fault, tools));
  const isClean = await stage.cleanUp(before, `after the solution of \`${fault.id}\``);
  if (isClean && wentIn) await cleanUpBroken(stage, fault, before);
  return stage.result();
}

/** The baseline trial judges how this goes; here it is only the way to the fault. */
async function makeWhole(stage: Stage): Promise<boolean> {
  const building = stage.lab.body.filter(({ role }) => role !== 'observe');
  return (await stage.setUp()) && (await stage.build(building, false));
}

/** Gives whether the fault could be put in. */
async function breakAndMend(stage: Stage, fault: Fault, tools: readonly string[]): Promise<boolean> {
  const broken = await stage.run(fault.cell);
  if (!broken.ok) {
    stage.add('fault-fails', fault.cell, `The fault \`${fault.id}\` can be put in.`, outcome(broken));
    return false;
  }
  const row = await stage.check(fault.id);
  judgeFault(stage, fault, row);
  const failing = stage.lab.checks.filter(({ id }) => row.verdicts[id] === 'fail');
  await stage.checkWithoutTools(
    failing.filter(({ id }) => tools.includes(id)),
    fault.id,
  );
  await giveHints(
    stage,
    failing.map(({ id }) => id),
  );
  await stage.observe(fault.id);
  await mend(stage, fault);
  return true;
}

function judgeFault(stage: Stage, { id, cell, breaks }: Fault, { verdicts, said }: Row): void {
  for (const check of stage.lab.checks) {
    const verdict = verdicts[check.id];
    const claims = breaks.includes(check.id);
    if (claims && verdict === 'pass') {
      const seen = `The check still passes: ${said[check.id] ?? ''}`;
      stage.add('does-not-break', cell, `The fault \`${id}\` breaks \`${check.id}\`.`, seen, check.id);
    }
    // What has happened once stays so: a check of that kind says nothing about a fault that does not name it.
    if (!claims && verdict === 'fail' && check.mode === 'level') {
      const seen = `The check fails: ${said[check.id] ?? ''}`;
      stage.add('breaks-more', cell, `The fault \`${id}\` does not break \`${check.id}\`.`, seen, check.id);
    }
  }
}

async function giveHints(stage: Stage, failing: readonly string[]): Promise<void> {
  const fixes = fixLines(stage.lab);
  for (const { id, cell, checks } of wanted(stage.lab, failing)) {
    const seen = await stage.run(cell);
    if (!seen.ok)
      stage.add('hint-fails', cell, `The hint \`${id}\` for ${checks.join(', ')} works.`, outcome(seen));
    else if (seen.output.trim() === '') {
      stage.add('hint-fails', cell, `The hint \`${id}\` says something.`, 'It printed nothing.');
    }
    const told = tellsFix(seen.output, fixes);
    if (told !== null) {
      stage.add('hint-tells', cell, `The hint \`${id}\` does not tell the solution.`, `It printed: ${told}`);
    }
  }
}

function wanted({ hints }: Lab, failing: readonly string[]) {
  return hints.filter(({ cell, checks }) => cell.runnable && checks.some((id) => failing.includes(id)));
}

async function mend(stage: Stage, { id, solutions }: Fault): Promise<void> {
  if (solutions.length === 0) return;
  const claimed = (cell: { readonly id: string }) => `The solution \`${cell.id}\` succeeds.`;
  if (!(await stage.runAll(solutions, 'solution-fails', claimed))) return;
  const { verdicts, said } = await stage.check(`mended ${id}`);
  for (const check of stage.lab.checks) {
    if (verdicts[check.id] !== 'fail' || check.mode === 'edge') continue;
    const seen = `The check still fails: ${said[check.id] ?? ''}`;
    stage.add(
      'does-not-mend',
      solutions[0] ?? null,
      `After the solution of \`${id}\`, \`${check.id}\` passes.`,
      seen,
      check.id,
    );
  }
}

/** A learner may give up in the middle: the cleanup has to cope with what is broken, too. */
async function cleanUpBroken(stage: Stage, fault: Fault, before: Snapshot): Promise<void> {
  if (await makeWhole(stage)) await stage.run(fault.cell);
  await stage.cleanUp(before, `while \`${fault.id}\` is in`);
}
