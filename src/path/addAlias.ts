import { parseFrontmatter } from '../markdown/frontmatter';
import { setProperty } from '../markdown/frontmatterEdit';
import { problem, ProblemError } from '../base/problem';
import { foldName } from './fold';
import { aliasesOf } from './readFacts';
import { yamlValue } from './stubTemplate';

/**
 * A note's text with one more alias, written as its aliases are written; every other byte is as before. A name the note
 * has already changes nothing.
 *
 * @throws ProblemError when the note's properties cannot be read: what is broken is for its author to mend.
 */
export function addAlias(text: string, alias: string): string {
  const { data, problem: broken } = parseFrontmatter(text);
  if (broken) throw new ProblemError(problem(broken.what, broken.why, 'Correct that line, then try again.'));
  const names = aliasesOf(data);
  if (names.some((name) => foldName(name) === foldName(alias))) return text;
  const before = aliasesOf({ aliases: data['aliases'] });
  for (const written of [inFlow(text, alias), inBlock(text, alias)]) {
    if (written !== null && isAdded(written, before, alias)) return written;
  }
  return setProperty(text, 'aliases', yamlValue([...before, alias]));
}

/** `aliases: [a, b]` on one line. */
function inFlow(text: string, alias: string): string | null {
  const list = /^aliases:[ \t]*\[([^\n#]*)\][ \t]*\r?$/m.exec(text);
  if (!list) return null;
  const close = list.index + list[0].lastIndexOf(']');
  const separator = (list[1] ?? '').trim() === '' ? '' : ', ';
  return `${text.slice(0, close)}${separator}${yamlValue([alias]).slice(1, -1)}${text.slice(close)}`;
}

/** `aliases:` with one `- ` item a line. */
function inBlock(text: string, alias: string): string | null {
  const list = /^aliases:[ \t]*(\r?\n)(?:[ \t]*- [^\n]*\n)*([ \t]*- )[^\n]*\n/m.exec(text);
  if (!list) return null;
  const end = list.index + list[0].length;
  return `${text.slice(0, end)}${list[2] ?? '- '}${yamlValue([alias]).slice(1, -1)}${list[1] ?? ''}${text.slice(end)}`;
}

/** The first list that looks like the aliases may stand elsewhere in the note; then nothing was added. */
function isAdded(text: string, before: readonly string[], alias: string): boolean {
  const { data, problem: broken } = parseFrontmatter(text);
  return (
    broken === null &&
    JSON.stringify(aliasesOf({ aliases: data['aliases'] })) === JSON.stringify([...before, alias])
  );
}
