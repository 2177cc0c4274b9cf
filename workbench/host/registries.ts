/** What plugins have registered. A page runs one app, so each list exists once. */
import type { Extension } from '@codemirror/state';
import type * as O from 'obsidian';

export interface RegisteredCommand extends O.Command {
  /** The plugin's name and the command's, as the palette shows it. */
  readonly title: string;
}

/** View type → who makes such views. */
export const viewCreators = new Map<string, O.ViewCreator>();

/** Extensions of files → view type. */
export const viewTypes = new Map<string, string>([['md', 'markdown']]);

/** Command id, with the plugin's id before it → command. */
export const commands = new Map<string, RegisteredCommand>();

export const settingTabs: O.SettingTab[] = [];

export const editorExtensions = new Set<Extension>();

export const editorSuggests = new Set<O.EditorSuggest<unknown>>();

export const protocolHandlers = new Map<string, O.ObsidianProtocolHandler>();

export const cliHandlers = new Map<string, O.CliHandler>();

export const hoverLinkSources = new Map<string, O.HoverLinkSource>();

interface SortedPostProcessor {
  readonly postProcessor: O.MarkdownPostProcessor;
  readonly sortOrder: number;
}

let sortedPostProcessors: readonly SortedPostProcessor[] = [];

/** Lower sort orders first, then in the order of registering (obsidian.d.ts "registerMarkdownPostProcessor"). */
export function postProcessors(): O.MarkdownPostProcessor[] {
  return sortedPostProcessors.map(({ postProcessor }) => postProcessor);
}

export function addPostProcessor(postProcessor: O.MarkdownPostProcessor, sortOrder = 0): void {
  sortedPostProcessors = [...sortedPostProcessors, { postProcessor, sortOrder }].sort(
    (left, right) => left.sortOrder - right.sortOrder,
  );
}

export function removePostProcessor(postProcessor: O.MarkdownPostProcessor): void {
  sortedPostProcessors = sortedPostProcessors.filter((entry) => entry.postProcessor !== postProcessor);
}
