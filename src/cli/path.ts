import { pathToJson } from '../path/json';
import type { LearningPath, PathMoc, PathRow, Progress } from '../path/model';
import { openVaultPath } from '../vault/openPath';
import type { Command } from './command';
import { count, printProblems, readVaultArguments } from './vaultCommand';

const USAGE = 'labpath path <vault> [--json]';

/** Shows the learning path of a vault. */
export const pathCommand: Command = {
  name: 'path',
  summary: 'Show the learning path of a vault: its MOCs, tracks and what is still to be written',
  help: `${USAGE}

Reads every MOC (a note with \`type: map\`) of the vault and shows tracks, items, their state and your progress.

  --json   One JSON object: {mocs, progress, warnings}

The exit status is 0 when the whole vault could be read. Warnings about the notes do not change it.
`,
  async run(args, io) {
    const { dir, values } = readVaultArguments(args, { json: { type: 'boolean' } }, io, USAGE);
    const { path, problems } = await openVaultPath(dir);
    if (values.json) {
      const json = pathToJson(path);
      io.out(`${JSON.stringify({ ...json, warnings: [...problems, ...json.warnings] }, null, 2)}\n`);
    } else {
      io.out(describePath(path));
      printProblems(io, 'Warning', path.warnings);
    }
    printProblems(io, 'Not read', problems);
    return problems.length === 0 ? 0 : 1;
  },
};

/** The path for people. */
function describePath(path: LearningPath): string {
  const total =
    path.mocs.length > 1 ? `All ${path.mocs.length} MOCs: ${describeProgress(path.progress)}\n` : '';
  return path.mocs.map(describeMoc).join('\n') + (total === '' ? '' : `\n${total}`);
}

function describeMoc(moc: PathMoc): string {
  const lines = [moc.title, `  ${describeProgress(moc.progress)}`];
  for (const track of moc.tracks) {
    lines.push(
      '',
      `  ${track.title} (${count(track.steps.length, 'step')}, ${track.progress.percent} % completed)`,
    );
    track.steps.forEach((step, i) => lines.push(`    ${i + 1}. ${describeRow(step)}`));
  }
  for (const section of moc.sections) {
    lines.push(
      '',
      `  ${section.title || 'Above the first heading'} (${count(section.items.length, 'item')})`,
    );
    for (const item of section.items) lines.push(`    - ${describeRow(item)}`);
  }
  return `${lines.join('\n')}\n`;
}

function describeRow({ row, node, planned }: PathRow): string {
  const why = planned === 'unresolved' ? ', linked but missing' : '';
  const learner = node.learner === 'not-started' ? '' : `, ${node.learner.replace('-', ' ')}`;
  return `${row.title} [${node.state}${why}${learner}]`;
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
