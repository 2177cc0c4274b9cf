import { appendFile, readFile, rename, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { useFixtureBench } from './fixtureBench';
import type FixturePlugin from './fixture/main';

const bench = useFixtureBench();

describe('links', () => {
  async function dest(linkpath: string, source: string): Promise<string | null> {
    return bench().page.evaluate(
      ({ linkpath, source }) =>
        window.workbench?.app.metadataCache.getFirstLinkpathDest(linkpath, source)?.path ?? null,
      { linkpath, source },
    );
  }

  test('lead to a note by its name, in any letter case, with or without its folder', async () => {
    expect(await dest('Bridges', 'Index.md')).toBe('Guides/Bridges.md');
    expect(await dest('bridges', 'Index.md')).toBe('Guides/Bridges.md');
    expect(await dest('Guides/Bridges', 'Index.md')).toBe('Guides/Bridges.md');
    expect(await dest('Bridges.md', 'Index.md')).toBe('Guides/Bridges.md');
    expect(await dest('Not written yet', 'Index.md')).toBeNull();
  });

  test('prefer the note beside the source where two share a name', async () => {
    expect(await dest('Same', 'Index.md')).toBe('Same.md');
    expect(await dest('Same', 'Guides/Bridges.md')).toBe('Guides/Same.md');
    expect(await dest('../Same', 'Guides/Bridges.md')).toBe('Same.md');
    expect(await dest('./Same', 'Guides/Bridges.md')).toBe('Guides/Same.md');
    expect(await dest('/Same', 'Guides/Bridges.md')).toBe('Same.md');
  });

  test('do not follow aliases', async () => {
    expect(await dest('netns', 'Index.md')).toBeNull();
  });

  test('are counted as resolved and unresolved', async () => {
    const counts = await bench().page.evaluate(() => {
      const cache = window.workbench?.app.metadataCache;
      return { resolved: cache?.resolvedLinks['Index.md'], unresolved: cache?.unresolvedLinks['Index.md'] };
    });
    expect(counts.resolved).toEqual({ 'Namespaces.md': 3, 'Guides/Bridges.md': 2 });
    expect(counts.unresolved).toEqual({ 'Not written yet': 1 });
  });
});

describe('metadata', () => {
  test('describes frontmatter, headings, sections, list items, links and tags', async () => {
    const cache = await bench().page.evaluate(() => window.workbench?.app.metadataCache.getCache('Index.md'));
    expect(cache?.frontmatter).toMatchObject({ type: 'map', uid: 'idx-1', status: null });
    expect(cache?.frontmatterLinks).toEqual([
      { key: 'see_also.0', link: 'Namespaces', original: '[[Namespaces]]', displayText: 'Namespaces' },
    ]);
    expect(cache?.headings?.map(({ heading, level }) => [heading, level])).toEqual([
      ['A map of the vault', 1],
      ['Track', 2],
    ]);
    expect(cache?.sections?.map(({ type }) => type)).toEqual([
      'yaml',
      'heading',
      'paragraph',
      'heading',
      'list',
      'list',
      'callout',
      'callout',
      'blockquote',
      'table',
      'thematicBreak',
      'code',
      'paragraph',
    ]);
    expect(cache?.listItems?.map(({ task }) => task)).toEqual([
      undefined,
      undefined,
      undefined,
      ' ',
      'x',
      undefined,
    ]);
    expect(cache?.links?.map(({ link }) => link)).toContain('Bridges#Two pods');
    expect(cache?.tags?.map(({ tag }) => tag)).toEqual(['#topic/deep']);
  });

  test('gives positions that cut the text out again', async () => {
    const text = await readFile(bench().onDisk('Index.md'), 'utf8');
    const cache = await bench().page.evaluate(() => window.workbench?.app.metadataCache.getCache('Index.md'));
    for (const { original, position } of cache?.links ?? []) {
      expect(text.slice(position.start.offset, position.end.offset)).toBe(original);
    }
    const code = cache?.sections?.find(({ type }) => type === 'code')?.position;
    expect(text.slice(code?.start.offset, code?.end.offset)).toMatch(/^```bash[\s\S]*```$/);
  });

  test('changes after a note was modified: modify, changed, resolve, resolved', async () => {
    await bench().logged();
    await appendFile(bench().onDisk('Same.md'), '\nSee [[Index]].\n');
    await expect
      .poll(() => bench().logged())
      .toEqual(['modify Same.md', 'changed Same.md', 'resolve Same.md', 'resolved']);
  });

  test('is not reported as changed by a rename, and links to the old name lose their note', async () => {
    await bench().logged();
    await bench().page.evaluate(async () => {
      const { vault } = window.workbench?.app ?? {};
      const file = vault?.getFileByPath('Namespaces.md');
      if (vault !== undefined && file !== undefined && file !== null) await vault.rename(file, 'Netns.md');
    });
    const seen = await bench().logged();
    expect(seen).toContain('rename Namespaces.md → Netns.md');
    expect(seen.filter((line) => line.startsWith('changed'))).toEqual([]);
    expect(seen).toContain('resolve Index.md');
    const unresolved = await bench().page.evaluate(
      () => window.workbench?.app.metadataCache.unresolvedLinks['Index.md'],
    );
    expect(unresolved).toMatchObject({ Namespaces: 3 });
    await rename(bench().onDisk('Netns.md'), bench().onDisk('Namespaces.md'));
    await expect.poll(() => bench().known('Namespaces.md')).toBe('Namespaces.md');
  });
});

describe('the vault', () => {
  test('process runs one after the other and loses nothing', async () => {
    await writeFile(bench().onDisk('Counter.md'), '0');
    await expect.poll(() => bench().known('Counter.md')).toBe('Counter.md');
    await bench().page.evaluate(async () => {
      const { vault } = window.workbench?.app ?? {};
      const file = vault?.getFileByPath('Counter.md');
      if (vault === undefined || file === null || file === undefined) throw new Error('no file');
      await Promise.all(
        Array.from({ length: 30 }, () => vault.process(file, (text: string) => String(Number(text) + 1))),
      );
    });
    expect(await readFile(bench().onDisk('Counter.md'), 'utf8')).toBe('30');
  });

  test('create refuses what exists and what has no folder', async () => {
    const failures = await bench().page.evaluate(async () => {
      const { vault } = window.workbench?.app ?? {};
      const attempt = (path: string) =>
        vault?.create(path, '').then(
          () => 'made',
          (error: Error) => error.message,
        );
      return [await attempt('Index.md'), await attempt('No folder/Note.md')];
    });
    expect(failures[0]).toBe('File already exists.');
    expect(failures[1]).toContain('ENOENT');
  });

  test('files are TFile for the plugin', async () => {
    const isFile = await bench().page.evaluate(() => {
      const { app, plugin } = window.workbench ?? {};
      return (plugin as unknown as FixturePlugin).isFile(app?.vault.getFileByPath('Index.md'));
    });
    expect(isFile).toBe(true);
  });

  test('frontmatter is changed in place and the text below it kept', async () => {
    await bench().page.evaluate(async () => {
      const { vault, fileManager } = window.workbench?.app ?? {};
      const file = vault?.getFileByPath('Namespaces.md');
      if (file === null || file === undefined) throw new Error('no file');
      await fileManager?.processFrontMatter(file, (frontmatter) => {
        (frontmatter as Record<string, unknown>)['status'] = 'ready';
      });
    });
    const text = await readFile(bench().onDisk('Namespaces.md'), 'utf8');
    expect(text).toContain('status: ready');
    expect(text).toContain('## What they are\n\nBack to [[Index]].');
  });

  test('renameFile takes the links of other notes along', async () => {
    await writeFile(bench().onDisk('Target.md'), 'x');
    await writeFile(bench().onDisk('Source.md'), '[[Target#Part|shown]] and [[Targets]]');
    await expect
      .poll(() => bench().page.evaluate(() => window.workbench?.app.metadataCache.resolvedLinks['Source.md']))
      .toEqual({ 'Target.md': 1 });
    await bench().page.evaluate(async () => {
      const { vault, fileManager } = window.workbench?.app ?? {};
      const file = vault?.getFileByPath('Target.md');
      if (file !== null && file !== undefined) await fileManager?.renameFile(file, 'Guides/Goal.md');
    });
    expect(await readFile(bench().onDisk('Source.md'), 'utf8')).toBe('[[Goal#Part|shown]] and [[Targets]]');
  });
});
