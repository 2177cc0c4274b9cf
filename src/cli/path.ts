import { count } from '../base/count';
import { visible } from '../base/visible';
import { knownCapabilities } from '../machine/knownCapabilities';
import { findMachine } from '../machine/read';
import { readable } from '../markdown/readable';
import { burnDown, type BurnDay } from '../path/burnDown';
import { pathToJson } from '../path/json';
import type { LearningPath, PathMoc, PathRow, Progress } from '../path/model';
import { beyondSandbox, requirementsInWords, unmet } from '../path/requirements';
import { openVaultPath } from '../vault/openPath';
import type { Command, Io } from './command';
import { printProblems, readVaultArguments } from './vaultCommand';

const USAGE = 'labpath path <vault> [--json]';

/** Shows the learning path of a vault. */
export const pathCommand: Command = {
  name: 'path',
  summary: 'Show the learning path of a vault: its MOCs, tracks and what is still to be written',
  help: `${USAGE}

Reads every MOC (a note with \`type: map\`) of the vault and shows tracks, items, their state and your progress.
Of a lab that the running lab machine is known not to fit it says what that lacks; while none runs, what a lab needs
beyond a sandbox.

  --json   One JSON object: {mocs, progress, burnDown, warnings}

The exit status is 0 when the whole vault could be read. Warnings about the notes do not change it.
`,
  async run(args, io) {
    const { dir, values } = readVaultArguments(args, { json: { type: 'boolean' } }, io, USAGE);
    const { path, problems } = await openVaultPath(dir);
    if (values.json) {
      const json = pathToJson(path);
      io.out(`${JSON.stringify({ ...json, warnings: [...problems, ...json.warnings] }, null, 2)}\n`);
    } else {
      // Titles are a note's own words: no escape of theirs reaches the terminal.
      io.out(visible(describePath(path, await needsInWords(io))));
      printProblems(io, 'Warning', path.warnings);
    }
    printProblems(io, 'Not read', problems);
    return problems.length === 0 ? 0 : 1;
  },
};

/** What stands behind a lab's state that not every machine can hold; empty for one that fits. */
type NeedsInWords = (requirements: readonly string[]) => string;

/** By what is known of the lab machine; it is not asked. */
async function needsInWords({ env }: Io): Promise<NeedsInWords> {
  // Where there is no place for a machine's files there is none, and the path can be shown all the same.
  const machine = await findMachine('lab', env).catch(() => null);
  const offer = machine === null ? null : await knownCapabilities(machine, env);
  return (requirements) => {
    const lacking = offer === null ? beyondSandbox(requirements) : unmet(requirements, offer);
    const said = offer === null ? 'needs' : 'blocked by';
    return lacking.length === 0 ? '' : `, ${said} ${requirementsInWords(lacking)}`;
  };
}

/** The path for people. */
function describePath(path: LearningPath, needs: NeedsInWords): string {
  const total =
    path.mocs.length > 1 ? `All ${path.mocs.length} MOCs: ${describeProgress(path.progress)}\n` : '';
  const burnt = describeBurnDown(burnDown(path.nodes.values()));
  const more = [total, burnt].filter((words) => words !== '').join('');
  return path.mocs.map((moc) => describeMoc(moc, needs)).join('\n') + (more === '' ? '' : `\n${more}`);
}

/** The ends of the burn-down, and at most ten days between them. */
function describeBurnDown(days: readonly BurnDay[]): string {
  if (days.length === 0) return '';
  const step = Math.ceil(days.length / 10);
  const told = days.filter((_, i) => i % step === 0 || i === days.length - 1);
  return `What was left:\n${told
    .map(({ date, planned, toLearn }) => `  ${date}  ${planned} planned, ${toLearn} to learn\n`)
    .join('')}`;
}

function describeMoc(moc: PathMoc, needs: NeedsInWords): string {
  const lines = [moc.title, `  ${describeProgress(moc.progress)}`];
  for (const track of moc.tracks) {
    lines.push(
      '',
      `  ${readable(track.title)} (${count(track.steps.length, 'step')}, ${track.progress.percent} % completed)`,
    );
    track.steps.forEach((step, i) => lines.push(`    ${i + 1}. ${describeRow(step, needs)}`));
  }
  for (const section of moc.sections) {
    lines.push(
      '',
      `  ${readable(section.title) || 'Above the first heading'} (${count(section.items.length, 'item')}, ${section.progress.percent} % completed)`,
    );
    for (const item of section.items) lines.push(`    - ${describeRow(item, needs)}`);
  }
  return `${lines.join('\n')}\n`;
}

function describeRow({ row, node, planned }: PathRow, needs: NeedsInWords): string {
  const why = planned === 'unresolved' ? ', linked but missing' : '';
  const learner = node.learner === 'not-started' ? '' : `, ${node.learner.replace('-', ' ')}`;
  return `${row.title} [${node.state}${why}${learner}${needs(node.requires)}]`;
}

/** The counts in one sentence. */
function describeProgress(progress: Progress): string {
  const { planned, steps, tracks, unresolved, written, total, completed, percent } = progress;
  return [
    `${planned.marker} marked planned`,
    `${planned.heading} under a planned heading`,
    `${count(steps, 'step')} in ${count(tracks, 'track')}`,
    count(unresolved, 'unresolved note'),
    `${written} of ${total} written`,
    `${completed} completed (${percent} %)`,
  ].join(', ');
}
