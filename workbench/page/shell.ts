/** The frame around the panes: ribbon, side bars, status bar, and the commands that every vault has. */
import type { App } from '../host/app';
import { makeElement } from '../host/dom/create';
import { inEveryWindow, type PageWindow } from '../host/dom/windows';
import { setIcon } from '../host/icons/icons';
import { MarkdownView, type NoteMode } from '../host/markdown/markdownView';
import { commands } from '../host/registries';
import { CommandPalette, QuickSwitcher } from '../host/ui/prompts';
import { setTooltip } from '../host/ui/tooltip';
import { currentTheme, setTheme } from './theme';

/** Builds the frame; the plugin finds ribbon and status bar in it when it loads. */
export function buildShell(app: App): void {
  const frame = makeElement('div', { cls: 'app-container', parent: document.body });
  const horizontal = frame.createDiv('horizontal-main-container');
  const ribbon = horizontal.createDiv({ cls: 'workspace-ribbon side-dock-ribbon mod-left' });
  const actions = ribbon.createDiv('side-dock-actions');
  ribbonButton(actions, 'panel-left', 'Toggle left sidebar', () => app.workspace.leftSplit.toggle());
  ribbonButton(actions, 'search', 'Open quick switcher', () => new QuickSwitcher(app).open());
  ribbonButton(actions, 'terminal', 'Open command palette', () =>
    new CommandPalette(app, app.commands).open(),
  );
  const bottom = ribbon.createDiv('side-dock-settings');
  const theme = ribbonButton(bottom, 'moon', 'Toggle light and dark', () => toggleTheme(app, theme));
  ribbonButton(bottom, 'settings', 'Settings', () => app.setting.open());
  horizontal.appendChild(app.workspace.containerEl);
  const status = frame.createDiv({ cls: 'status-bar', attr: { role: 'contentinfo' } });
  buildStatus(app, status);
  setIcon(theme, currentTheme() === 'dark' ? 'sun' : 'moon');
  addCommands(app, theme);
}

function ribbonButton(parent: HTMLElement, icon: string, title: string, run: () => void): HTMLElement {
  const button = parent.createEl('button', { cls: 'clickable-icon side-dock-ribbon-action', type: 'button' });
  setIcon(button, icon);
  setTooltip(button, title, { placement: 'right' });
  button.addEventListener('click', run);
  return button;
}

function toggleTheme(app: App, button: HTMLElement): void {
  const theme = currentTheme() === 'dark' ? 'light' : 'dark';
  setTheme(theme);
  setIcon(button, theme === 'dark' ? 'sun' : 'moon');
  app.workspace.trigger('css-change');
}

const modeNames: Readonly<Record<NoteMode, { readonly name: string; readonly icon: string }>> = {
  live: { name: 'Live Preview', icon: 'pencil' },
  source: { name: 'Source', icon: 'code' },
  reading: { name: 'Reading', icon: 'book-open' },
};

/** A switch between the three modes, and the number of words. */
function buildStatus(app: App, status: HTMLElement): void {
  const words = status.createDiv('status-bar-item plugin-word-count');
  const modes = status.createDiv({
    cls: 'status-bar-item mode-switch',
    attr: { role: 'group', 'aria-label': 'Mode' },
  });
  const buttons = Object.entries(modeNames).map(([mode, { name, icon }]) => {
    const button = modes.createEl('button', {
      cls: 'mode-button',
      type: 'button',
      attr: { 'data-mode': mode },
    });
    setIcon(button, icon);
    button.createSpan({ text: name });
    button.addEventListener('click', () => void noteView(app)?.setMode(mode as NoteMode));
    return button;
  });
  const refresh = () => {
    const view = noteView(app);
    modes.toggle(view !== null);
    for (const button of buttons) {
      const isOn = button.dataset['mode'] === view?.getNoteMode();
      button.toggleClass('is-active', isOn);
      button.setAttribute('aria-pressed', String(isOn));
    }
    const count = view?.getViewData().match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
    words.setText(view === null ? '' : `${count} words`);
  };
  app.workspace.on('layout-change', refresh);
  app.workspace.on('active-leaf-change', refresh);
  app.workspace.on('editor-change', refresh);
}

/** The note in front, also while a side pane has the focus. */
export function noteView(app: App): MarkdownView | null {
  const view: unknown = app.workspace.getMostRecentLeaf()?.view;
  return view instanceof MarkdownView ? view : null;
}

function addCommands(app: App, themeButton: HTMLElement): void {
  const add = (id: string, title: string, callback: () => unknown, key?: string) => {
    const hotkeys = key === undefined ? [] : [{ modifiers: ['Mod' as const], key }];
    commands.set(id, { id, name: title, title, callback, hotkeys });
  };
  add(
    'command-palette:open',
    'Command palette: Open',
    () => new CommandPalette(app, app.commands).open(),
    'p',
  );
  add('switcher:open', 'Quick switcher: Open', () => new QuickSwitcher(app).open(), 'o');
  add('app:open-settings', 'Open settings', () => app.setting.open(), ',');
  add('theme:toggle-light-dark', 'Toggle light/dark mode', () => toggleTheme(app, themeButton));
  add('workspace:close', 'Close current tab', () => app.workspace.getMostRecentLeaf()?.detach());
  add('workspace:split-vertical', 'Split right', () => {
    const leaf = app.workspace.getMostRecentLeaf();
    if (leaf !== null) void app.workspace.duplicateLeaf(leaf);
  });
  add('app:toggle-left-sidebar', 'Toggle left sidebar', () => app.workspace.leftSplit.toggle());
  add('app:toggle-right-sidebar', 'Toggle right sidebar', () => app.workspace.rightSplit.toggle());
  add('editor:save-file', 'Save current file', () => noteView(app)?.save(), 's');
  add(
    'markdown:toggle-preview',
    'Toggle reading view',
    () => {
      const view = noteView(app);
      return view?.setMode(view.getNoteMode() === 'reading' ? 'live' : 'reading');
    },
    'e',
  );
  add('editor:toggle-source', 'Toggle Live Preview/Source mode', () => {
    const view = noteView(app);
    return view?.setMode(view.getNoteMode() === 'live' ? 'source' : 'live');
  });
  add('workspace:move-to-new-window', 'Move current tab to new window', () => {
    const leaf = app.workspace.getMostRecentLeaf();
    if (leaf !== null) app.workspace.moveLeafToPopout(leaf);
  });
  inEveryWindow((win) => runHotkeysIn(win, app));
}

/** The note's editor must not see keys that are commands. */
function runHotkeysIn(win: PageWindow, app: App): void {
  const onKey = (event: KeyboardEvent): void => {
    if (win.document.querySelector('.modal-container') !== null || !app.commands.runHotkey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  win.addEventListener('keydown', onKey, { capture: true });
}
