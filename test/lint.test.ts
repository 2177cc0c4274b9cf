import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';

/** The folder order and the purity of folders are only as good as the rules that hold them. */
let eslint: ESLint;
beforeAll(async () => {
  eslint = new ESLint();
  // The first file makes it read the whole program.
  await eslint.lintText('', { filePath: 'src/moc/parse.ts' });
}, 60_000);

/** Rules that object to a text, were it the text of `file`. */
async function objections(file: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: file });
  const house = /^boundaries\/|^no-restricted-/;
  return (result?.messages ?? []).map(({ ruleId }) => ruleId ?? 'parse').filter((rule) => house.test(rule));
}

describe('a file of a pure folder', () => {
  it.each([
    ['an import from a folder after it', "export { layoutPath } from '../path/layout';"],
    ['the same by a roundabout path', "export { layoutPath } from './../path/layout';"],
    ['the same on first use', "export const layout = () => import('../path/layout');"],
    ['an import of main', "export { default } from '../main';"],
    ['a module of Node', "export { sep } from 'path';"],
    ['a module of Node by its full name', "export { sep } from 'node:path';"],
    ['Obsidian', "export { Modal } from 'obsidian';"],
    ['ssh2', "export const ssh = () => import('ssh2');"],
    ['CodeMirror', "export { EditorView } from '@codemirror/view';"],
    ['Cytoscape', "export { default } from 'cytoscape';"],
    ['the time, as a date', 'export const now = () => new Date();'],
    ['the time, as a number', 'export const now = () => Date.now();'],
    ['chance', 'export const chance = () => Math.random();'],
    ['a timer', 'export const later = () => setTimeout(() => undefined, 1);'],
    ['a timer by way of the global object', 'export const later = globalThis.setTimeout;'],
  ])('may not have %s', async (_, text) => {
    expect(await objections('src/moc/parse.ts', text)).toHaveLength(1);
  });

  it('may import from folders before it, and make a date of a given time', async () => {
    const text =
      "import { fenceLines } from '../markdown/fences';\nexport const at = (time: number) => [fenceLines, new Date(time)];";
    expect(await objections('src/moc/parse.ts', text)).toEqual([]);
  });
});

describe('a file of the headless twin', () => {
  it('may not need the views, and may use Node', async () => {
    expect(await objections('src/cli/usage.ts', "export { icon } from '../views/ui/dom';")).toEqual([
      'boundaries/dependencies',
    ]);
    expect(await objections('src/cli/usage.ts', "export { sep } from 'node:path';")).toEqual([]);
  });
});

describe('a view', () => {
  it('may not import ssh2', async () => {
    expect(await objections('src/views/ui/dom.ts', "export { Client } from 'ssh2';")).toEqual([
      'boundaries/dependencies',
    ]);
  });
});
