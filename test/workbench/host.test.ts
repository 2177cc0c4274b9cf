import { appendFile, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as State from '@codemirror/state';
import type * as Obsidian from 'obsidian';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openWorkbench, repository, type Harness } from '../e2e/harness';
import type FixturePlugin from './fixture/main';
import { buildFixture } from './fixture/build';

let pluginDir: string;
let bench: Harness;

beforeAll(async () => {
  pluginDir = await buildFixture();
  bench = await openWorkbench({ vault: join(repository, 'test/workbench/vault'), pluginDir });
}, 60_000);

afterAll(async () => {
  await bench?.close();
  await rm(pluginDir, { recursive: true, force: true });
});

/** What the fixture noted since the last call, once nothing more has come for a moment. */
async function logged(): Promise<string[]> {
  return bench.page.evaluate(async () => {
    const { log } = window.workbench?.plugin as unknown as FixturePlugin;
    for (let before = -1; before !== log.length;) {
      before = log.length;
      await new Promise((resolve) => window.setTimeout(resolve, 150));
    }
    return log.splice(0);
  });
}

/** Names that are imported as values, which main.js will read off `require('obsidian')`. */
async function importedFromObsidian(folder: string): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  const clauses = texts.flatMap((text) => [...text.matchAll(/import \{([^}]*)\} from 'obsidian'/g)]);
  return [
    ...new Set(clauses.flatMap(([, names = '']) => names.split(',')).map((name) => name.trim())),
  ].filter((name) => name !== '' && !name.startsWith('type '));
}

const onDisk = (path: string) => join(bench.vault, path);

describe('links', () => {
  async function dest(linkpath: string, source: string): Promise<string | null> {
    return bench.page.evaluate(
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
    const counts = await bench.page.evaluate(() => {
      const cache = window.workbench?.app.metadataCache;
      return { resolved: cache?.resolvedLinks['Index.md'], unresolved: cache?.unresolvedLinks['Index.md'] };
    });
    expect(counts.resolved).toEqual({ 'Namespaces.md': 3, 'Guides/Bridges.md': 2 });
    expect(counts.unresolved).toEqual({ 'Not written yet': 1 });
  });
});

describe('metadata', () => {
  test('describes frontmatter, headings, sections, list items, links and tags', async () => {
    const cache = await bench.page.evaluate(() => window.workbench?.app.metadataCache.getCache('Index.md'));
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
    const text = await readFile(onDisk('Index.md'), 'utf8');
    const cache = await bench.page.evaluate(() => window.workbench?.app.metadataCache.getCache('Index.md'));
    for (const { original, position } of cache?.links ?? []) {
      expect(text.slice(position.start.offset, position.end.offset)).toBe(original);
    }
    const code = cache?.sections?.find(({ type }) => type === 'code')?.position;
    expect(text.slice(code?.start.offset, code?.end.offset)).toMatch(/^```bash[\s\S]*```$/);
  });

  test('changes after a note was modified: modify, changed, resolve, resolved', async () => {
    await logged();
    await appendFile(onDisk('Same.md'), '\nSee [[Index]].\n');
    await expect.poll(logged).toEqual(['modify Same.md', 'changed Same.md', 'resolve Same.md', 'resolved']);
  });

  test('is not reported as changed by a rename, and links to the old name lose their note', async () => {
    await logged();
    await bench.page.evaluate(async () => {
      const { vault } = window.workbench?.app ?? {};
      const file = vault?.getFileByPath('Namespaces.md');
      if (vault !== undefined && file !== undefined && file !== null) await vault.rename(file, 'Netns.md');
    });
    const seen = await logged();
    expect(seen).toContain('rename Namespaces.md → Netns.md');
    expect(seen.filter((line) => line.startsWith('changed'))).toEqual([]);
    expect(seen).toContain('resolve Index.md');
    const unresolved = await bench.page.evaluate(
      () => window.workbench?.app.metadataCache.unresolvedLinks['Index.md'],
    );
    expect(unresolved).toMatchObject({ Namespaces: 3 });
    await rename(onDisk('Netns.md'), onDisk('Namespaces.md'));
    await expect
      .poll(() => bench.page.evaluate(() => window.workbench?.app.vault.getFileByPath('Namespaces.md')?.path))
      .toBe('Namespaces.md');
  });
});

describe('the vault', () => {
  test('process runs one after the other and loses nothing', async () => {
    await writeFile(onDisk('Counter.md'), '0');
    await expect
      .poll(() => bench.page.evaluate(() => window.workbench?.app.vault.getFileByPath('Counter.md')?.path))
      .toBe('Counter.md');
    await bench.page.evaluate(async () => {
      const { vault } = window.workbench?.app ?? {};
      const file = vault?.getFileByPath('Counter.md');
      if (vault === undefined || file === null || file === undefined) throw new Error('no file');
      await Promise.all(
        Array.from({ length: 30 }, () => vault.process(file, (text: string) => String(Number(text) + 1))),
      );
    });
    expect(await readFile(onDisk('Counter.md'), 'utf8')).toBe('30');
  });

  test('create refuses what exists and what has no folder', async () => {
    const failures = await bench.page.evaluate(async () => {
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
    const isFile = await bench.page.evaluate(() => {
      const { app, plugin } = window.workbench ?? {};
      return (plugin as unknown as FixturePlugin).isFile(app?.vault.getFileByPath('Index.md'));
    });
    expect(isFile).toBe(true);
  });

  test('frontmatter is changed in place and the text below it kept', async () => {
    await bench.page.evaluate(async () => {
      const { vault, fileManager } = window.workbench?.app ?? {};
      const file = vault?.getFileByPath('Namespaces.md');
      if (file === null || file === undefined) throw new Error('no file');
      await fileManager?.processFrontMatter(file, (frontmatter) => {
        (frontmatter as Record<string, unknown>)['status'] = 'ready';
      });
    });
    const text = await readFile(onDisk('Namespaces.md'), 'utf8');
    expect(text).toContain('status: ready');
    expect(text).toContain('## What they are\n\nBack to [[Index]].');
  });

  test('renameFile takes the links of other notes along', async () => {
    await writeFile(onDisk('Target.md'), 'x');
    await writeFile(onDisk('Source.md'), '[[Target#Part|shown]] and [[Targets]]');
    await expect
      .poll(() => bench.page.evaluate(() => window.workbench?.app.metadataCache.resolvedLinks['Source.md']))
      .toEqual({ 'Target.md': 1 });
    await bench.page.evaluate(async () => {
      const { vault, fileManager } = window.workbench?.app ?? {};
      const file = vault?.getFileByPath('Target.md');
      if (file !== null && file !== undefined) await fileManager?.renameFile(file, 'Guides/Goal.md');
    });
    expect(await readFile(onDisk('Source.md'), 'utf8')).toBe('[[Goal#Part|shown]] and [[Targets]]');
  });
});

describe('the editor', () => {
  beforeEach(async () => {
    await bench.openNote('Index.md', 'live');
  });

  test('shows block widgets of the plugin in Live Preview, with the file they belong to', async () => {
    await bench.openNote('Namespaces.md', 'live');
    await expect
      .poll(() => bench.page.locator('.fixture-fence').allInnerTexts())
      .toEqual(['cell 1 of Namespaces.md']);
    await bench.setMode('source');
    expect(await bench.page.locator('.fixture-fence').count()).toBe(0);
  });

  test('saves what is typed, and shows what others write, without losing either', async () => {
    await writeFile(onDisk('Typed.md'), 'first line\n\nlast line\n');
    await expect
      .poll(() => bench.page.evaluate(() => window.workbench?.app.vault.getFileByPath('Typed.md')?.path))
      .toBe('Typed.md');
    await bench.openNote('Typed.md', 'live');
    await bench.page.locator('.cm-content').click();
    await bench.page.keyboard.press('Control+Home');
    await bench.page.keyboard.type('typed ');
    await appendFile(onDisk('Typed.md'), 'from outside\n');
    await expect.poll(() => bench.page.locator('.cm-content').innerText()).toContain('from outside');
    await expect
      .poll(() => readFile(onDisk('Typed.md'), 'utf8'), { timeout: 5000 })
      .toBe('typed first line\n\nlast line\nfrom outside\n');
  });

  test('speaks of lines and columns from 0', async () => {
    const seen = await bench.page.evaluate(() => {
      const context = window.workbench?.app.workspace.activeEditor;
      const editor = context?.editor;
      editor?.setCursor({ line: 1, ch: 4 });
      return {
        file: context?.file?.path,
        line: editor?.getLine(1),
        cursor: editor?.getCursor(),
        offset: editor?.posToOffset({ line: 1, ch: 4 }),
        back: editor?.offsetToPos(8),
      };
    });
    expect(seen).toEqual({
      file: 'Index.md',
      line: 'type: map',
      cursor: { line: 1, ch: 4 },
      offset: 8,
      back: { line: 1, ch: 4 },
    });
  });

  test('follows a rendered link on click', async () => {
    await bench.page.locator('.cm-hmd-internal-link', { hasText: 'the guide to bridges' }).click();
    await expect
      .poll(() => bench.page.locator('.workspace-tab-header.is-active').allInnerTexts())
      .toContain('Bridges');
  });
});

describe('the Reading view', () => {
  test('hands each section to post-processors with its lines', async () => {
    await bench.openNote('Index.md', 'reading');
    const lines = (await readFile(onDisk('Index.md'), 'utf8')).split('\n');
    const start = lines.indexOf('```bash {#hello}');
    const end = lines.indexOf('```');
    const cells = bench.page.locator('.markdown-reading-view .fixture-cell');
    expect(await cells.allInnerTexts()).toEqual([`lines ${start}-${end}`]);
  });

  test('keeps sections that did not change and unloads what was in those that did', async () => {
    await bench.openNote('Index.md', 'reading');
    await logged();
    const kept = await bench.page.locator('.markdown-reading-view .fixture-cell').elementHandle();
    await appendFile(onDisk('Index.md'), '\nOne more paragraph.\n');
    await expect.poll(() => bench.page.locator('.markdown-reading-view').innerText()).toContain('One more');
    expect(await kept?.evaluate((element) => element.isConnected)).toBe(true);
    expect(await logged()).not.toContain('render child unloaded');
    const text = await readFile(onDisk('Index.md'), 'utf8');
    await writeFile(onDisk('Index.md'), text.replace('# a cell', '# another cell'));
    await expect
      .poll(() => bench.page.locator('.markdown-reading-view').innerText())
      .toContain('another cell');
    expect(await logged()).toContain('render child unloaded');
  });

  test('marks links to notes that do not exist', async () => {
    await bench.openNote('Index.md', 'reading');
    expect(await bench.page.locator('.markdown-reading-view a.is-unresolved').allInnerTexts()).toEqual([
      'Not written yet',
    ]);
  });

  test('leaves fences as pre and code with the language as class, and never runs HTML of a note', async () => {
    await writeFile(onDisk('Html.md'), '<img src=x onerror="document.title=1">\n\n```sh {a=1}\nls\n```\n');
    await expect
      .poll(() => bench.page.evaluate(() => window.workbench?.app.vault.getFileByPath('Html.md')?.path))
      .toBe('Html.md');
    await bench.openNote('Html.md', 'reading');
    expect(await bench.page.locator('.markdown-reading-view pre > code.language-sh').innerText()).toBe(
      'ls\n',
    );
    expect(await bench.page.locator('.markdown-reading-view img').count()).toBe(0);
  });

  test('prints without section info', async () => {
    const printed = await bench.page.evaluate(async () => {
      const element = await window.workbench?.renderForPrint('Index.md');
      const text = element?.querySelector('.fixture-cell')?.textContent;
      element?.remove();
      return text;
    });
    expect(printed).toBe('lines none');
  });
});

describe('commands, views and settings', () => {
  test('a command is offered only where its check says so', async () => {
    await bench.openNote('Same.md', 'live');
    expect(await bench.runCommand('workbench-fixture:only-in-index')).toBe(false);
    await bench.openNote('Index.md', 'live');
    expect(await bench.runCommand('workbench-fixture:only-in-index')).toBe(true);
    expect(await logged()).toContain('ran only-in-index');
  });

  test('the palette finds it by its plugin and name', async () => {
    await bench.page.keyboard.press('Control+p');
    await bench.page.keyboard.type('fixture open');
    expect(await bench.page.locator('.suggestion-item.is-selected').innerText()).toBe('Fixture: Open view');
    await bench.page.keyboard.press('Enter');
    await expect.poll(() => bench.page.locator('.fixture-view').innerText()).toBe('A view of the fixture');
  });

  test('a view in the side pane leaves the note the active file', async () => {
    await bench.openNote('Index.md', 'live');
    await bench.runCommand('workbench-fixture:open-view');
    const active = await bench.page.evaluate(() => window.workbench?.app.workspace.getActiveFile()?.path);
    expect(active).toBe('Index.md');
  });

  test('declared settings are drawn, validated and kept in data.json', async () => {
    await bench.page.keyboard.press('Control+,');
    const text = bench.page.locator('.setting-item', { hasText: 'What the fixture says.' });
    await text.locator('input').fill('');
    expect(await text.locator('.setting-item-error').innerText()).toBe('Say something.');
    await text.locator('input').fill('good day');
    expect(await text.locator('.setting-item-error').count()).toBe(0);
    await bench.page.locator('.setting-item', { hasText: 'Loud' }).locator('.checkbox-container').click();
    const file = onDisk('.obsidian/plugins/workbench-fixture/data.json');
    await expect
      .poll(async () => JSON.parse(await readFile(file, 'utf8').catch(() => 'null')) as unknown)
      .toEqual({ greeting: 'good day', loud: true });
    await bench.page.keyboard.press('Escape');
    expect(await bench.page.locator('.modal').count()).toBe(0);
  });
});

describe('being honest', () => {
  test('an undeclared member throws and is named', async () => {
    const messages = await bench.page.evaluate(() => {
      const { app, plugin } = window.workbench ?? {};
      const attempt = (read: () => unknown) => {
        try {
          read();
          return 'nothing thrown';
        } catch (error) {
          return error instanceof Error ? error.message : String(error);
        }
      };
      const read = (target: unknown, key: string) => attempt(() => (target as Record<string, unknown>)[key]);
      const module: unknown = window.require('obsidian');
      return [
        read(module, 'makeCoffee'),
        read(app, 'internalPlugins'),
        read(app?.vault, 'getConfig'),
        read(app?.workspace, 'floatingSplit'),
        attempt(() => app?.workspace.openPopoutLeaf()),
        plugin === undefined ? 'no plugin' : '',
      ];
    });
    expect(messages[0]).toContain('obsidian.makeCoffee');
    expect(messages[1]).toContain('App.internalPlugins');
    expect(messages[2]).toContain('Vault.getConfig');
    expect(messages[3]).toContain('Workspace.floatingSplit');
    expect(messages[4]).toContain('Workspace.openPopoutLeaf');
  });

  test('every member of obsidian that the plugin imports is there', async () => {
    const imported = await importedFromObsidian(join(repository, 'src'));
    const missing = await bench.page.evaluate((names) => {
      const module = window.require('obsidian') as object;
      return names.filter((name) => !(name in module));
    }, imported);
    expect(missing).toEqual([]);
  });

  test('components unload children first, then what they registered, last first, then themselves', async () => {
    const order = await bench.page.evaluate(() => {
      const { Component } = window.require('obsidian') as typeof Obsidian;
      const seen: string[] = [];
      class Noting extends Component {
        constructor(private readonly name: string) {
          super();
        }
        override onunload(): void {
          seen.push(`${this.name} onunload`);
        }
      }
      const parent = new Noting('parent');
      parent.load();
      parent.register(() => seen.push('first registered'));
      parent.register(() => seen.push('second registered'));
      parent.addChild(new Noting('first child'));
      parent.addChild(new Noting('second child'));
      parent.unload();
      parent.unload();
      return seen;
    });
    expect(order).toEqual([
      'second child onunload',
      'first child onunload',
      'second registered',
      'first registered',
      'parent onunload',
    ]);
  });

  test('there is one copy of CodeMirror, and the plugin shares it', async () => {
    const isShared = await bench.page.evaluate(() => {
      const { EditorState } = window.require('@codemirror/state') as typeof State;
      const editor: unknown = window.workbench?.app.workspace.activeEditor?.editor;
      const { state } = (editor as { readonly cm: { readonly state: unknown } }).cm;
      return state instanceof EditorState;
    });
    expect(isShared).toBe(true);
  });
});

describe('a reload', () => {
  test('finds the notes that were open, in their modes, and the settings', async () => {
    await bench.openNote('Guides/Bridges.md', 'reading');
    // The layout is kept a moment after it changed.
    await new Promise((resolve) => setTimeout(resolve, 500));
    await bench.reload();
    const after = await bench.page.evaluate(() => ({
      file: window.workbench?.app.workspace.getActiveFile()?.path,
      settings: window.workbench?.plugin.settings,
    }));
    expect(after.file).toBe('Guides/Bridges.md');
    expect(after.settings).toEqual({ greeting: 'good day', loud: true });
    expect(await bench.page.locator('.markdown-reading-view h2').first().innerText()).toBe('Two pods');
    expect(await bench.page.locator('.fixture-view').innerText()).toBe('A view of the fixture');
  });

  test('nothing went wrong in the page meanwhile', () => {
    expect(bench.errors).toEqual([]);
  });
});
