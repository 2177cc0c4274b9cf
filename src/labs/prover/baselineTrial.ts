import type { Bench } from './bench';
import type { Row, TrialResult } from './proof';
import { Stage, type StageOptions } from './stage';

/**
 * The lab as a whole: a setup that can be run twice, checks that hold once everything is built, outputs as the note
 * shows them, and a cleanup that leaves nothing, also when there is nothing to clean.
 */
export async function baselineTrial(bench: Bench, options: StageOptions): Promise<TrialResult> {
  const stage = new Stage('baseline', bench, options);
  const { lab } = stage;
  const before = await stage.snapshot('before');
  if ((await stage.setUp()) && (await setUpAgain(stage))) {
    const isBuilt = lab.body.some(({ role }) => role !== 'observe');
    if (isBuilt) {
      const first = await stage.check('before');
      const failing = lab.checks.filter(({ id }) => first.verdicts[id] === 'fail');
      await stage.checkWithoutTools(failing, 'before');
    }
    // Where the steps themselves fail, the checks have nothing to hold for.
    if (await stage.build(lab.body, true)) judgeWhole(stage, await stage.check('whole'));
  }
  if (await stage.cleanUp(before, 'at the end of the whole lab'))
    await cleanUpAgain(stage, lab.cleanup.length);
  return stage.result();
}

async function setUpAgain(stage: Stage): Promise<boolean> {
  if (stage.lab.setup.length === 0) return true;
  const once = await stage.snapshot('once');
  if (!(await stage.setUp('setup-not-idempotent', ' when it is run a second time'))) return false;
  const changes = await stage.changesSince(once);
  if (changes !== null) {
    const claimed = 'Running the setup a second time changes nothing.';
    stage.add('setup-not-idempotent', stage.lab.setup[0] ?? null, claimed, changes);
  }
  return true;
}

function judgeWhole(stage: Stage, { verdicts, said }: Row): void {
  for (const { id, cell } of stage.lab.checks) {
    if (verdicts[id] !== 'fail') continue;
    const claimed = `The check \`${id}\` passes when everything is built and nothing is broken.`;
    stage.add('baseline', cell, claimed, `It failed: ${said[id] ?? ''}`);
  }
}

async function cleanUpAgain(stage: Stage, cells: number): Promise<void> {
  if (cells === 0) return;
  await stage.runAll(
    stage.lab.cleanup,
    'cleanup-fails',
    (cell) => `The cleanup \`${cell.id}\` succeeds also where nothing is left to clean.`,
  );
}
