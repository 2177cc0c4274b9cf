import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asProblem, problem, type Problem } from '../base/problem';
import { isRecord } from '../base/record';
import { readBook } from '../path/progressRecord';
import type { Learned } from '../path/progressRecord';

/** Where the plugin keeps its data, as a path inside the vault. */
export const PLUGIN_DATA = '.obsidian/plugins/labpath/data.json';

/** The learner's book of a vault on disk: what the plugin saved, or an empty book. */
export async function readLearned(dir: string): Promise<{ learned: Learned; problem: Problem | null }> {
  let text: string;
  try {
    text = await readFile(join(dir, PLUGIN_DATA), 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { learned: {}, problem: null };
    return { learned: {}, problem: asProblem(error, `${PLUGIN_DATA} could not be read.`) };
  }
  try {
    const data: unknown = JSON.parse(text);
    return { learned: isRecord(data) ? readBook(data['learned']) : {}, problem: null };
  } catch {
    return {
      learned: {},
      problem: problem(
        `${PLUGIN_DATA} is not valid JSON.`,
        'Progress is counted as if nothing had been learned yet.',
        'Open the vault in Obsidian once, or restore the file.',
      ),
    };
  }
}
