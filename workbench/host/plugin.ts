/** Obsidian's `Plugin` (obsidian.d.ts "abstract class Plugin"). */
import type { Extension } from '@codemirror/state';
import type * as O from 'obsidian';
import { Component } from './base/component';
import { notImitated } from './base/missing';
import { makeElement } from './dom/create';
import { refreshEditors } from './editor/pluginExtensions';
import { setIcon } from './icons/icons';
import {
  addPostProcessor,
  cliHandlers,
  commands,
  editorExtensions,
  editorSuggests,
  hoverLinkSources,
  protocolHandlers,
  removePostProcessor,
  settingTabs,
  viewCreators,
  viewTypes,
} from './registries';
import { MarkdownPreviewRenderer } from './render/renderer';
import { setTooltip } from './ui/tooltip';
import { pluginFolder } from './vault/adapter';

type CodeBlockHandler = (
  source: string,
  element: HTMLElement,
  context: O.MarkdownPostProcessorContext,
) => Promise<unknown> | void;

/** Whatever a plugin registers is taken back when it unloads, last first. */
export abstract class Plugin extends Component implements O.Plugin {
  settings?: unknown;

  constructor(
    readonly app: O.App,
    readonly manifest: O.PluginManifest,
  ) {
    super();
  }

  addRibbonIcon(icon: O.IconName, title: string, callback: (event: MouseEvent) => unknown): HTMLElement {
    const button = makeElement('button', { cls: 'clickable-icon side-dock-ribbon-action', type: 'button' });
    setIcon(button, icon);
    setTooltip(button, title, { placement: 'right' });
    button.addEventListener('click', (event) => void callback(event));
    document.querySelector('.side-dock-actions')?.appendChild(button);
    this.register(() => button.remove());
    return button;
  }

  addStatusBarItem(): HTMLElement {
    const item = makeElement('div', `status-bar-item plugin-${this.manifest.id}`);
    document.querySelector('.status-bar')?.prepend(item);
    this.register(() => item.remove());
    return item;
  }

  /** The id and name are prefixed with the plugin's, as the app does, so they need not repeat it. */
  addCommand(command: O.Command): O.Command {
    const id = `${this.manifest.id}:${command.id}`;
    commands.set(id, Object.assign(command, { id, title: `${this.manifest.name}: ${command.name}` }));
    this.register(() => commands.delete(id));
    return command;
  }

  removeCommand(commandId: string): void {
    commands.delete(`${this.manifest.id}:${commandId}`);
  }

  addSettingTab(settingTab: O.PluginSettingTab): void {
    settingTabs.push(settingTab);
    settingTab.update();
    this.register(() => settingTabs.splice(settingTabs.indexOf(settingTab), 1));
  }

  registerView(type: string, viewCreator: O.ViewCreator): void {
    if (viewCreators.has(type)) throw new Error(`Attempting to register an existing view type "${type}"`);
    viewCreators.set(type, viewCreator);
    this.register(() => viewCreators.delete(type));
  }

  registerHoverLinkSource(id: string, info: O.HoverLinkSource): void {
    hoverLinkSources.set(id, info);
    this.register(() => hoverLinkSources.delete(id));
  }

  registerExtensions(extensions: string[], viewType: string): void {
    for (const extension of extensions) {
      if (viewTypes.has(extension))
        throw new Error(`Attempting to register an existing file extension "${extension}"`);
      viewTypes.set(extension, viewType);
      this.register(() => viewTypes.delete(extension));
    }
  }

  registerMarkdownPostProcessor(
    postProcessor: O.MarkdownPostProcessor,
    sortOrder?: number,
  ): O.MarkdownPostProcessor {
    addPostProcessor(postProcessor, sortOrder ?? postProcessor.sortOrder);
    this.register(() => removePostProcessor(postProcessor));
    return postProcessor;
  }

  registerMarkdownCodeBlockProcessor(
    language: string,
    handler: CodeBlockHandler,
    sortOrder?: number,
  ): O.MarkdownPostProcessor {
    return this.registerMarkdownPostProcessor(
      MarkdownPreviewRenderer.createCodeBlockPostProcessor(language, handler),
      sortOrder,
    );
  }

  registerBasesView(): boolean {
    return notImitated('Plugin.registerBasesView');
  }

  /** An array may be changed later; `workspace.updateOptions()` then applies it (obsidian.d.ts "registerEditorExtension"). */
  registerEditorExtension(extension: Extension): void {
    editorExtensions.add(extension);
    refreshEditors();
    this.register(() => {
      editorExtensions.delete(extension);
      refreshEditors();
    });
  }

  registerObsidianProtocolHandler(action: string, handler: O.ObsidianProtocolHandler): void {
    protocolHandlers.set(action, handler);
    this.register(() => protocolHandlers.delete(action));
  }

  registerEditorSuggest(suggest: O.EditorSuggest<unknown>): void {
    editorSuggests.add(suggest);
    this.register(() => editorSuggests.delete(suggest));
  }

  registerCliHandler(
    command: string,
    _description: string,
    _flags: O.CliFlags | null,
    handler: O.CliHandler,
  ): void {
    cliHandlers.set(command, handler);
    this.register(() => cliHandlers.delete(command));
  }

  /** Null when nothing was saved yet. */
  async loadData(): Promise<unknown> {
    const { adapter } = this.app.vault;
    const path = `${this.folder()}/data.json`;
    return (await adapter.exists(path)) ? (JSON.parse(await adapter.read(path)) as unknown) : null;
  }

  async saveData(data: unknown): Promise<void> {
    const { adapter } = this.app.vault;
    if (!(await adapter.exists(this.folder()))) await adapter.mkdir(this.folder());
    await adapter.write(`${this.folder()}/data.json`, JSON.stringify(data, null, 2));
  }

  onUserEnable(): void {
    // For subclasses.
  }

  private folder(): string {
    return pluginFolder(this.app.vault.configDir, this.manifest.id);
  }
}
