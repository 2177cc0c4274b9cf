import { parseMoc } from '../../src/moc/parse';
import { buildPath } from '../../src/path/learningPath';
import type { LearningPath } from '../../src/path/model';
import type { Learned } from '../../src/path/progressRecord';
import type { NoteFacts } from '../../src/path/noteFacts';
import { readNoteFacts } from '../../src/path/readFacts';
import { isMoc } from '../../src/moc/parse';

/** A vault in memory: texts by vault path. */
export type Texts = Readonly<Record<string, string>>;

export const mapNote = (body: string, properties = ''): string =>
  `---\ntype: map\n${properties}---\n\n${body}`;

export function facts(texts: Texts): NoteFacts[] {
  return Object.entries(texts).map(([path, text]) => readNoteFacts(path, text));
}

export function pathOf(texts: Texts, learned: Learned = {}): LearningPath {
  const notes = facts(texts);
  const mocs = notes
    .filter(({ frontmatter }) => isMoc(frontmatter))
    .map(({ path }) => parseMoc(texts[path] ?? '', path));
  return buildPath({ mocs, notes, learned });
}
