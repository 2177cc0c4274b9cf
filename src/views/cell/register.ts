import type { Plugin } from 'obsidian';
import { cellCommands } from '../commands/cellCommands';
import { cellsInLivePreview } from '../editor/livePreview';
import { NoteMoves } from '../noteMoves';
import { cellPostProcessor } from '../reading/cellPostProcessor';
import type { CellDesk } from './cellDesk';
import { OUTPUT_VIEW_TYPE, OutputTab } from './outputTab';

/** Everything of cells that the app is told of when the plugin loads. */
export function registerCells(plugin: Plugin, desk: CellDesk): void {
  const { app } = plugin;
  plugin.registerView(OUTPUT_VIEW_TYPE, (leaf) => new OutputTab(leaf, desk));
  plugin.registerEditorExtension(cellsInLivePreview(desk, desk.notes));
  plugin.registerMarkdownPostProcessor(cellPostProcessor(app, desk));
  for (const command of cellCommands(app, desk, desk.notes)) plugin.addCommand(command);
  plugin.register(() => desk.closed.emit());
}

/** Follows the vault's notes to other names and to their end. Call it once the layout is ready. */
export function followNotes(
  plugin: Plugin,
  desk: CellDesk,
  changed: { readonly moved: (from: string, to: string) => void; readonly removed: (path: string) => void },
): void {
  const { vault, metadataCache } = plugin.app;
  const moves = new NoteMoves({
    vault,
    lastText: (path) => desk.notes.textOf(path),
    moved: (from, to) => {
      desk.rename(from, to);
      changed.moved(from, to);
    },
    removed: (path) => {
      desk.forget(path);
      changed.removed(path);
    },
    setTimer: (ms, fire) => {
      const id = window.setTimeout(fire, ms);
      return () => window.clearTimeout(id);
    },
  });
  plugin.registerEvent(vault.on('rename', (file, oldPath) => moves.onRename(file, oldPath)));
  plugin.registerEvent(vault.on('delete', (file) => moves.onDelete(file)));
  plugin.registerEvent(vault.on('create', (file) => void moves.onCreate(file)));
  plugin.registerEvent(metadataCache.on('changed', ({ path }) => desk.changed.emit(path)));
  plugin.register(() => moves.close());
}
