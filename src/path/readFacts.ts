import { parseFrontmatter, textList } from '../markdown/frontmatter';
import { noteTitle } from './fold';
import type { NoteFacts } from './noteFacts';

/** The facts of a note, read from its text. The app has them from its metadata cache instead. */
export function readNoteFacts(path: string, text: string): NoteFacts {
  const { data, problem } = parseFrontmatter(text);
  return {
    path,
    title: noteTitle(path),
    aliases: aliasesOf(data),
    frontmatter: data,
    problem,
  };
}

/** Obsidian reads `aliases` and the older `alias`, as a list or as one text with commas. */
export function aliasesOf(frontmatter: Readonly<Record<string, unknown>>): string[] {
  return [frontmatter['aliases'], frontmatter['alias']].flatMap((value) =>
    typeof value === 'string'
      ? value
          .split(',')
          .map((alias) => alias.trim())
          .filter((alias) => alias !== '')
      : textList(value),
  );
}
