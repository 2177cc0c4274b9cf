import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openWorkbench } from '../e2e/harness';
import { buildFixture } from './fixture/build';

const folders = 20;
const notesPerFolder = 100;

test('a vault of two thousand notes is read with a few requests', { timeout: 60_000 }, async () => {
  const vault = await mkdtemp(join(tmpdir(), 'workbench-many-'));
  for (let folder = 0; folder < folders; folder++) {
    await mkdir(join(vault, `Folder ${folder}`));
    for (let note = 0; note < notesPerFolder; note++) {
      const path = join(vault, `Folder ${folder}`, `Note ${folder}-${note}.md`);
      await writeFile(path, `## Heading\n\nSee [[Note ${(folder + 1) % folders}-${note}]].\n`);
    }
  }
  const pluginDir = await buildFixture();
  const bench = await openWorkbench({ vault, pluginDir });
  try {
    const { resolved, requests } = await bench.page.evaluate(() => ({
      resolved: Object.values(window.workbench?.app.metadataCache.resolvedLinks ?? {}).flatMap(Object.keys)
        .length,
      requests: performance.getEntriesByName(new URL('/api/vault', location.href).href).length,
    }));
    expect(resolved).toBe(folders * notesPerFolder);
    expect(requests).toBeLessThan(30);
    expect(bench.errors).toEqual([]);
  } finally {
    await bench.close();
    await rm(vault, { recursive: true, force: true });
    await rm(pluginDir, { recursive: true, force: true });
  }
});
