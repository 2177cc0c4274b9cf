import { parseFrontmatter, textList } from '../markdown/frontmatter';
import { blankInlineCode, findLinks, leadsToNote } from '../markdown/links';
import { visibleLines } from '../markdown/visible';
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
    links: [...new Set([...frontmatterLinks(data), ...bodyLinks(text)])],
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

function frontmatterLinks(data: Readonly<Record<string, unknown>>): string[] {
  return Object.values(data)
    .flatMap(textList)
    .filter((text) => text.includes('[['))
    .flatMap(findLinks)
    .filter(leadsToNote)
    .map(({ target }) => target);
}

function bodyLinks(text: string): string[] {
  // Most notes of a large vault hold no link at all; they need no closer look.
  if (!text.includes('[[') && !text.includes('](')) return [];
  return visibleLines(text)
    .visible.filter((line) => line.includes(']'))
    .flatMap((line) => findLinks(blankInlineCode(line)))
    .filter(leadsToNote)
    .map(({ target }) => target);
}
