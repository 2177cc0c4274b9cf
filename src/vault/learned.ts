import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asProblem, problem, type Problem } from '../base/problem';
import { isRecord } from '../base/record';
import { defaultVocabulary, vocabularyOf, type Vocabulary } from '../moc/vocabulary';
import { readBook } from '../path/progressRecord';
import type { Learned } from '../path/progressRecord';

/** Where the plugin keeps its data, as a path inside the vault. */
const PLUGIN_DATA = '.obsidian/plugins/labpath/data.json';

/** What the plugin keeps beside the notes and the path depends on. */
export interface SavedData {
  readonly learned: Learned;
  /** The user's words for planned. */
  readonly vocabulary: Vocabulary;
  readonly problem: Problem | null;
}

/** The learner's book of a vault on disk: what the plugin saved, or an empty book. */
export async function readLearned(dir: string): Promise<SavedData> {
  let text: string;
  try {
    text = await readFile(join(dir, PLUGIN_DATA), 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      return { learned: {}, vocabulary: defaultVocabulary, problem: null };
    return {
      learned: {},
      vocabulary: defaultVocabulary,
      problem: asProblem(error, `${PLUGIN_DATA} could not be read.`),
    };
  }
  try {
    const data: unknown = JSON.parse(text);
    if (!isRecord(data)) return { learned: {}, vocabulary: defaultVocabulary, problem: null };
    const words = data['plannedMarkers'];
    return {
      learned: readBook(data['learned']),
      vocabulary: vocabularyOf(typeof words === 'string' ? words : ''),
      problem: null,
    };
  } catch {
    return {
      learned: {},
      vocabulary: defaultVocabulary,
      problem: problem(
        `${PLUGIN_DATA} is not valid JSON.`,
        'Progress is counted as if nothing had been learned yet.',
        'Open the vault in Obsidian once, or restore the file.',
      ),
    };
  }
}
