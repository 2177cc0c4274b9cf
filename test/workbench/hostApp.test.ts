import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as State from '@codemirror/state';
import type * as Obsidian from 'obsidian';
import { describe, expect, test } from 'vitest';
import { useFixtureBench } from './fixtureBench';
import { repository } from '../e2e/harness';

const bench = useFixtureBench();

/** Names that are imported as values, which main.js will read off `require('obsidian')`. */
async function importedFromObsidian(folder: string): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  const clauses = texts.flatMap((text) => [...text.matchAll(/import \{([^}]*)\} from 'obsidian'/g)]);
  return [
    ...new Set(clauses.flatMap(([, names = '']) => names.split(',')).map((name) => name.trim())),
  ].filter((name) => name !== '' && !name.startsWith('type '));
}

describe('commands, views and settings', () => {
  test('a command is offered only where its check says so', async () => {
    await bench().openNote('Same.md', 'live');
    expect(await bench().runCommand('workbench-fixture:only-in-index')).toBe(false);
    await bench().openNote('Index.md', 'live');
    expect(await bench().runCommand('workbench-fixture:only-in-index')).toBe(true);
    expect(await bench().logged()).toContain('ran only-in-index');
  });

  test('the palette finds it by its plugin and name', async () => {
    await bench().page.keyboard.press('Control+p');
    await bench().page.keyboard.type('fixture open');
    expect(await bench().page.locator('.suggestion-item.is-selected').innerText()).toBe('Fixture: Open view');
    await bench().page.keyboard.press('Enter');
    await expect.poll(() => bench().page.locator('.fixture-view').innerText()).toBe('A view of the fixture');
  });

  test('a view in the side pane leaves the note the active file', async () => {
    await bench().openNote('Index.md', 'live');
    await bench().runCommand('workbench-fixture:open-view');
    const active = await bench().page.evaluate(() => window.workbench?.app.workspace.getActiveFile()?.path);
    expect(active).toBe('Index.md');
  });

  test('declared settings are drawn, validated and kept in data.json', async () => {
    await bench().page.keyboard.press('Control+,');
    const text = bench().page.locator('.setting-item', { hasText: 'What the fixture says.' });
    await text.locator('input').fill('');
    expect(await text.locator('.setting-item-error').innerText()).toBe('Say something.');
    await text.locator('input').fill('good day');
    expect(await text.locator('.setting-item-error').count()).toBe(0);
    await bench().page.locator('.setting-item', { hasText: 'Loud' }).locator('.checkbox-container').click();
    const file = bench().onDisk('.obsidian/plugins/workbench-fixture/data.json');
    await expect
      .poll(async () => JSON.parse(await readFile(file, 'utf8').catch(() => 'null')) as unknown)
      .toEqual({ greeting: 'good day', loud: true });
    await bench().page.keyboard.press('Escape');
    expect(await bench().page.locator('.modal').count()).toBe(0);
  });
});

describe('being honest', () => {
  test('an undeclared member throws and is named', async () => {
    const messages = await bench().page.evaluate(() => {
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
        attempt(() => app?.workspace.changeLayout()),
        plugin === undefined ? 'no plugin' : '',
      ];
    });
    expect(messages[0]).toContain('obsidian.makeCoffee');
    expect(messages[1]).toContain('App.internalPlugins');
    expect(messages[2]).toContain('Vault.getConfig');
    expect(messages[3]).toContain('Workspace.floatingSplit');
    expect(messages[4]).toContain('Workspace.changeLayout');
  });

  test('every member of obsidian that the plugin imports is there', async () => {
    const imported = await importedFromObsidian(join(repository, 'src'));
    const missing = await bench().page.evaluate((names) => {
      const module = window.require('obsidian') as object;
      return names.filter((name) => !(name in module));
    }, imported);
    expect(missing).toEqual([]);
  });

  test('components unload children first, then what they registered, last first, then themselves', async () => {
    const order = await bench().page.evaluate(() => {
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
    const isShared = await bench().page.evaluate(() => {
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
    await bench().openNote('Guides/Bridges.md', 'reading');
    // The layout is kept a moment after it changed.
    await new Promise((resolve) => setTimeout(resolve, 500));
    await bench().reload();
    const after = await bench().page.evaluate(() => ({
      file: window.workbench?.app.workspace.getActiveFile()?.path,
      settings: window.workbench?.plugin.settings,
    }));
    expect(after.file).toBe('Guides/Bridges.md');
    expect(after.settings).toEqual({ greeting: 'good day', loud: true });
    expect(await bench().page.locator('.markdown-reading-view h2').first().innerText()).toBe('Two pods');
    expect(await bench().page.locator('.fixture-view').innerText()).toBe('A view of the fixture');
  });

  test('nothing went wrong in the page meanwhile', () => {
    expect(bench().errors).toEqual([]);
  });
});
