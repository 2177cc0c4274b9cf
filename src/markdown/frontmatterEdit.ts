import { findBodyLine, parseFrontmatter, textList } from './frontmatter';

/**
 * The text with one property set, all other bytes as they were. A property that is there keeps its place; a new one
 * stands last; a note without frontmatter gets one.
 *
 * @param yaml the value as it stands behind `key: `, on one line
 */
export function setProperty(text: string, key: string, yaml: string): string {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const bare = text.slice(mark.length);
  const newline = bare.includes('\r\n') ? '\r\n' : '\n';
  const lines = bare.split(newline);
  const bodyLine = findBodyLine(lines);
  const property = `${key}: ${yaml}`;
  if (bodyLine === 1) return `${mark}---${newline}${property}${newline}---${newline}${bare}`;
  const close = bodyLine - 2;
  const at = lines.findIndex((line, i) => i > 0 && i < close && line.startsWith(`${key}:`));
  if (at === -1) lines.splice(close, 0, property);
  else lines.splice(at, endOfProperty(lines, at, close) - at, property);
  return mark + lines.join(newline);
}

/**
 * The text with one more item at the end of a list. A list with an item a line gets one more line; any other value is
 * written anew, on one line.
 */
export function addToList(text: string, key: string, item: string): string {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const bare = text.slice(mark.length);
  const newline = bare.includes('\r\n') ? '\r\n' : '\n';
  const lines = bare.split(newline);
  const close = findBodyLine(lines) - 2;
  const at = lines.findIndex((line, i) => i > 0 && i < close && line.trimEnd() === `${key}:`);
  let last = at === -1 ? -1 : endOfProperty(lines, at, close) - 1;
  while (last > at && lines[last]?.trim() === '') last--;
  // By the first item: the last line may be the rest of an item, or a comment.
  const dash = at === -1 ? undefined : /^\s*- /.exec(lines[at + 1] ?? '')?.[0];
  if (dash === undefined) {
    const items = textList(parseFrontmatter(text).data[key]);
    return setProperty(text, key, yamlList([...items, item]));
  }
  lines.splice(last + 1, 0, `${dash}${yamlText(item)}`);
  return mark + lines.join(newline);
}

/** A text as a YAML scalar that needs no thinking about. */
export function yamlText(text: string): string {
  return JSON.stringify(text);
}

export function yamlList(items: readonly string[]): string {
  return `[${items.map(yamlText).join(', ')}]`;
}

/** The line behind a property's value: a block value goes on in indented lines and in `- ` items. */
function endOfProperty(lines: readonly string[], at: number, close: number): number {
  let end = at + 1;
  while (end < close && /^(\s+\S|- |-$|\s*$)/.test(lines[end] ?? '')) end++;
  return end;
}
