import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import { scanFences } from '../../src/markdown/fences';
import { findBodyLine } from '../../src/markdown/frontmatter';
import { blankInlineCode, findLinks } from '../../src/markdown/links';
import { visibleLines } from '../../src/markdown/visible';

/** What is used of remark's tree. */
interface MdNode {
  readonly type: string;
  readonly url?: string;
  readonly children?: readonly MdNode[];
  readonly position?: { readonly start: { readonly line: number }; readonly end: { readonly line: number } };
}

const FOLDERS = ['sample-vault', 'docs', 'test', 'workbench'];
const notes = [
  'README.md',
  ...FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md') && !file.includes('node_modules'))
      .map((file) => join(folder, file)),
  ),
];

/** CommonMark knows no frontmatter: blanked, so that lines still count the same. */
function withoutFrontmatter(text: string): string {
  const lines = text.split('\n');
  return lines.map((line, i) => (i + 1 < findBodyLine(lines) ? '' : line)).join('\n');
}

function nodesOf(text: string): MdNode[] {
  const walk = (node: MdNode): MdNode[] => [node, ...(node.children ?? []).flatMap(walk)];
  return walk(unified().use(remarkParse).parse(withoutFrontmatter(text)));
}

/** Code that is fenced; remark gives indented code the same type. */
function fencesOfRemark(text: string): [number, number][] {
  const lines = text.split('\n');
  return nodesOf(text).flatMap(({ type, position }): [number, number][] => {
    const first = lines[(position?.start.line ?? 0) - 1] ?? '';
    if (type !== 'code' || !position || !/(`{3}|~{3})/.test(first)) return [];
    return [[position.start.line, position.end.line]];
  });
}

const isOwnNote = (url: string) => url !== '' && !/^[a-z][a-z0-9+.-]*:/i.test(url);

function linksOfRemark(text: string): string[] {
  return nodesOf(text)
    .filter(({ type, url }) => (type === 'link' || type === 'image') && url !== undefined && isOwnNote(url))
    .map(({ url }) => decodeURI(url?.split('#')[0] ?? '').replace(/\.md$/, ''));
}

function linksOfOurs(text: string): string[] {
  return visibleLines(text).visible.flatMap((line) =>
    findLinks(blankInlineCode(line))
      .filter(({ from, embed }) => !line.startsWith('[[', embed ? from + 1 : from))
      .map(({ target }) => target),
  );
}

describe('an independent parser (remark) on every note of this repository', () => {
  it('there are notes to compare', () => expect(notes.length).toBeGreaterThan(8));

  it.each(notes)('%s: the same fences and the same Markdown links', (file) => {
    const text = readFileSync(file, 'utf8');
    expect(scanFences(text).map(({ line, endLine }) => [line, endLine])).toEqual(fencesOfRemark(text));
    expect(linksOfOurs(text)).toEqual(linksOfRemark(text));
  });
});

describe('where we differ from CommonMark, on purpose', () => {
  it.each([
    ['a wikilink, which CommonMark does not know', '[[A|b]]', ['A'], []],
    ['a link in a comment of Obsidian', '%% [x](A.md) %%', [], ['A']],
    ['a link whose words hold brackets', '[a [b] c](A.md)', [], ['A']],
    ['a link by reference', '[x][y]\n\n[y]: A.md', [], []],
    ['a link over two lines', '[x\ny](A.md)', [], ['A']],
  ])('%s', (_, text, ours, remarks) => {
    const all = visibleLines(text).visible.flatMap((line) => findLinks(blankInlineCode(line)));
    expect(all.map(({ target }) => target)).toEqual(ours);
    expect(linksOfRemark(text)).toEqual(remarks);
  });
});
