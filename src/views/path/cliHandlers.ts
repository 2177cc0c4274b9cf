import type { App, CliData, Plugin } from 'obsidian';
import { pathToJson } from '../../path/json';
import type { LearningPath, PathMoc } from '../../path/model';
import { nextUpInVault } from '../../path/next';
import { plannedNodes } from '../../path/stubs';
import type { PathIndex } from './pathIndex';

/** Commands of Obsidian's own command line: `obsidian labpath:next`, `labpath:status`, `labpath:stubs`. */
export function registerPathCli(plugin: Plugin, index: PathIndex, now: () => string): void {
  const json = { json: { description: 'Print JSON' } };
  plugin.registerCliHandler('labpath:next', 'What to learn next', json, async (flags) => {
    const path = await index.load();
    const next = nextUpInVault(path, now(), activeMoc(plugin.app, index));
    if (asJson(flags))
      return JSON.stringify(next && { title: next.node.title, note: next.node.note, reason: next.reason });
    return next ? `${next.node.title} (${next.reason})\n${next.node.note ?? ''}` : 'Nothing is next.';
  });
  plugin.registerCliHandler('labpath:status', 'How far the learning path is', json, async (flags) => {
    const path = await index.load();
    return asJson(flags) ? JSON.stringify(pathToJson(path)) : statusWords(path);
  });
  plugin.registerCliHandler('labpath:stubs', 'The notes that are still planned', json, async (flags) => {
    const titles = plannedNodes(await index.load())
      .filter(({ note }) => note === null)
      .map(({ title }) => title);
    return asJson(flags) ? JSON.stringify(titles) : titles.join('\n') || 'Nothing is planned.';
  });
}

function asJson(flags: CliData): boolean {
  return flags['json'] !== undefined;
}

function activeMoc(app: App, index: PathIndex): PathMoc | null {
  const file = app.workspace.getActiveFile();
  return file ? index.mocOf(file.path) : null;
}

function statusWords(path: LearningPath): string {
  return path.mocs
    .map(
      ({ title, progress }) =>
        `${title}: ${progress.completed} of ${progress.total} completed, ${progress.total - progress.written} to write`,
    )
    .join('\n');
}
