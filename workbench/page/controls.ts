/** What tests and curious people use from the console: `workbench.openNote('…')`, `workbench.setMode('reading')` … */
import type { App } from '../host/app';
import { makeElement } from '../host/dom/create';
import type { NoteMode } from '../host/markdown/markdownView';
import { Platform } from '../host/platform';
import { MarkdownRenderer } from '../host/render/renderer';
import { Component } from '../host/base/component';
import type { LoadedPlugin } from './loadPlugin';
import { noteView } from './shell';
import { setTheme, type Theme } from './theme';

export interface WorkbenchControls {
  readonly app: App;
  readonly plugin: LoadedPlugin['plugin'];
  /** Script time of loading the plugin, in ms. */
  readonly evaluateMs: number;
  readonly onloadMs: number;
  openNote(path: string, mode?: NoteMode): Promise<void>;
  setMode(mode: NoteMode): Promise<void>;
  /** False when the command does not exist or cannot run now. */
  runCommand(id: string): boolean;
  setTheme(theme: Theme): void;
  /** What is drawn from now on is told that it runs in the app for phones. */
  imitatePhone(on: boolean): void;
  /** Renders a note as the PDF exporter does: without section info, waiting for the post-processors. */
  renderForPrint(path: string): Promise<HTMLElement>;
}

declare global {
  interface Window {
    workbench?: WorkbenchControls;
  }
}

export function exposeControls(app: App, { plugin, evaluateMs, onloadMs }: LoadedPlugin): void {
  window.workbench = {
    app,
    plugin,
    evaluateMs,
    onloadMs,
    async openNote(path, mode) {
      const file = app.vault.getFileByPath(path);
      if (file === null) throw new Error(`The vault has no note "${path}".`);
      await app.workspace.getLeaf(false).openFile(file);
      if (mode !== undefined) await this.setMode(mode);
    },
    async setMode(mode) {
      const view = noteView(app);
      await view?.setMode(mode);
      await view?.previewMode.whenDrawn();
    },
    runCommand: (id) => app.commands.executeCommandById(id),
    setTheme(theme) {
      setTheme(theme);
      app.workspace.trigger('css-change');
    },
    imitatePhone(on) {
      Object.assign(Platform, {
        isDesktop: !on,
        isDesktopApp: !on,
        isMobile: on,
        isMobileApp: on,
        isPhone: on,
        isAndroidApp: on,
      });
    },
    async renderForPrint(path) {
      const file = app.vault.getFileByPath(path);
      if (file === null) throw new Error(`The vault has no note "${path}".`);
      const page = makeElement('div', {
        cls: 'print markdown-preview-view markdown-rendered',
        parent: document.body,
      });
      const life = new Component();
      life.load();
      await MarkdownRenderer.render(app, await app.vault.read(file), page, path, life);
      return page;
    },
  };
  document.body.dataset['workbench'] = 'ready';
}
