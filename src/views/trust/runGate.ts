import type { App } from 'obsidian';
import type { Cell } from '../../cells/cell';
import { fileOf, netnsOf } from '../../cells/options';
import { scanCells } from '../../cells/scan';
import { launch } from '../../labs/launch';
import type { LabVar } from '../../labs/vars';
import type { Standing } from '../../machine/throwAway';
import { decide, type Decision, type TrustPolicy } from '../../trust/policy';
import { maskedValues } from '../../trust/secretNames';
import type { DeviceApprovals } from './approvals';
import { codeOf, judgedCode, pinOf, varInWords } from './pin';
import { askToRun, type AskedCell } from './runDialog';

/** Cells somebody wants to run on one host. */
export interface RunQuestion {
  readonly host: string;
  readonly note: string;
  readonly cells: readonly Cell[];
  /** The note's `lab_vars`. */
  readonly vars: readonly LabVar[];
  /** Values of the note's placeholders and variables. */
  readonly values: Readonly<Record<string, string>>;
  /** Code that runs beside the cell, its placeholders open. */
  readonly capture?: string | null;
}

export interface RunGateParts {
  readonly app: App;
  readonly approvals: DeviceApprovals;
  /** Whom a host's name means, in words that change when it means another. */
  readonly hostInWords: (host: string) => string;
  /** The host's own setting asks before every run. */
  readonly asksAlways: (host: string) => boolean;
  /** Host of a note's cells that name none. */
  readonly hostOfNote: (note: string) => string;
  /** Whether it is a lab machine, which may cost nothing to lose. */
  readonly standingOf: (host: string) => Promise<Standing>;
}

/** The strongest reason comes first: it decides what the dialog says. */
const REASONS: readonly Decision['why'][] = ['hidden', 'danger', 'first', 'always', 'changed', 'none'];

/** The one place that lets cells run: it asks where the vault's policy, or what a cell does, wants it. */
export function runGate(parts: RunGateParts): (question: RunQuestion) => Promise<boolean> {
  return async ({ host, note, cells, vars, values, capture = null }) => {
    const { approvals } = parts;
    const standing = await parts.standingOf(host);
    // What was agreed to for a machine that can be thrown away is not agreed to for a host that took its name.
    const words = standing.kind === 'adopted' ? `${host} (${standing.destination})` : parts.hostInWords(host);
    const throwAway = standing.kind === 'throw-away';
    const policy: TrustPolicy = parts.asksAlways(host) ? 'always' : approvals.policy;
    const asked = await Promise.all(
      cells.map(async (cell): Promise<AskedCell & { readonly hash: string }> => {
        const hash = await pinOf(cell, vars, capture);
        const code = judgedCode(cell, vars, capture, values);
        const request = {
          host: words,
          hash,
          code,
          writes: fileOf(cell),
          inNetns: netnsOf(cell.attributes) !== null,
        };
        const decision = decide(request, policy, approvals, throwAway);
        const shown = codeOf(cell, capture, maskedValues(values));
        return { cell, hash, code: shown, decision: asShown(decision, shown) };
      }),
    );
    const why = REASONS.find((reason) => asked.some(({ decision }) => decision.why === reason)) ?? 'none';
    if (why === 'none') return true;
    const others = await otherCells(parts, note, host, cells);
    const answer = await askToRun(parts.app, {
      host,
      hostInWords: words,
      note,
      why,
      variables: vars.map(varInWords),
      cells: asked,
      others,
      policy: approvals.policy,
    });
    if (answer === null) return false;
    approvals.policy = answer.policy;
    const more = answer.withOthers ? await Promise.all(others.map((cell) => pinOf(cell, vars))) : [];
    approvals.agree(words, [...asked.map(({ hash }) => hash), ...more]);
    return true;
  };
}

/** Lines are judged with the secrets filled into them, and shown without. */
function asShown(decision: Decision, code: string): Decision {
  const lines = code.split('\n');
  const dangers = decision.dangers.map((danger) => ({
    ...danger,
    text: lines[danger.line - 1]?.trim() ?? danger.text,
  }));
  return { ...decision, dangers };
}

/** The other runnable cells of the note, as it is on disk, that would run on the same host. */
async function otherCells(
  { app, hostOfNote }: RunGateParts,
  note: string,
  host: string,
  cells: readonly Cell[],
): Promise<readonly Cell[]> {
  const file = app.vault.getFileByPath(note);
  if (file === null) return [];
  const ids = new Set(cells.map(({ id }) => id));
  return scanCells(await app.vault.cachedRead(file)).filter(
    (cell) => cell.runnable && !ids.has(cell.id) && (launch(cell, note).host ?? hostOfNote(note)) === host,
  );
}
