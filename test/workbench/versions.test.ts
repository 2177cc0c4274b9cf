import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../e2e/harnessBuild';

interface PackageFile {
  readonly version: string;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

async function packageFile(name: string): Promise<PackageFile> {
  return JSON.parse(
    await readFile(join(repository, 'node_modules', name, 'package.json'), 'utf8'),
  ) as PackageFile;
}

test('the workbench edits with exactly the CodeMirror that Obsidian pins', async () => {
  const { peerDependencies = {} } = await packageFile('obsidian');
  expect(Object.keys(peerDependencies)).toEqual(['@codemirror/state', '@codemirror/view']);
  for (const [name, pinned] of Object.entries(peerDependencies)) {
    expect((await packageFile(name)).version, name).toBe(pinned);
  }
});
