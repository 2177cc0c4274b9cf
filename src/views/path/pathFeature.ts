import { Platform, type Plugin } from 'obsidian';
import type { Problem } from '../../base/problem';
import type { CellDesk } from '../cell/cellDesk';
import { pathCommands } from '../commands/pathCommands';
import { mocChipsInLivePreview } from '../moc/editorChips';
import { mocChipsInReadingView } from '../moc/readingChips';
import { pathActions } from '../pathActions';
import type { SettingsStore } from '../settings/settingsStore';
import { StatusBar } from '../statusBar';
import { StubMaker } from '../stubs/stubMaker';
import { VaultSource } from '../vaultSource';
import { LearnedBook } from './learnedBook';
import { PathIndex } from './pathIndex';
import { PATH_VIEW_TYPE, PathView } from './pathView';

export interface PathFeatureParts {
  readonly plugin: Plugin;
  readonly settings: SettingsStore;
  readonly tell: (shown: Problem) => void;
}

/** Everything the learning path adds to the app: its views, chips, commands and the book of what was learned. */
export class PathFeature {
  readonly learned: LearnedBook;
  readonly index: PathIndex;
  private readonly source: VaultSource;

  constructor(private readonly parts: PathFeatureParts) {
    const { plugin, settings, tell } = parts;
    this.source = new VaultSource(plugin.app);
    this.learned = new LearnedBook(settings, isoNow);
    this.index = new PathIndex(plugin.app, this.source, this.learned, tell);
  }

  /** Registers; nothing is read before `start`. */
  load(): void {
    const { index, source, learned } = this;
    const { plugin, settings } = this.parts;
    const { app } = plugin;
    const stubs = new StubMaker({
      app,
      index,
      source,
      folder: () => settings.current.stubFolder,
      now: isoNow,
      uid: () => crypto.randomUUID(),
    });
    const actions = pathActions(app, stubs, learned);
    const openPath = () => this.open();
    plugin.registerView(PATH_VIEW_TYPE, (leaf) => new PathView(leaf, index, actions));
    plugin.registerEditorExtension(mocChipsInLivePreview(index, actions));
    plugin.registerMarkdownPostProcessor(mocChipsInReadingView(index, actions));
    plugin.addRibbonIcon('route', 'Open learning path', () => void openPath());
    for (const command of pathCommands({ app, index, source, stubs, learned, openPath })) {
      plugin.addCommand(command);
    }
  }

  /** Call once the layout is ready. */
  start(desk: CellDesk): void {
    const { plugin } = this.parts;
    this.index.watch(plugin);
    if (!Platform.isDesktopApp) return;
    const bar = new StatusBar(plugin.addStatusBarItem(), plugin.app, this.index, () => void this.open());
    bar.watch(plugin, desk);
  }

  private async open(): Promise<void> {
    const { workspace } = this.parts.plugin.app;
    const [open] = workspace.getLeavesOfType(PATH_VIEW_TYPE);
    const leaf = open ?? workspace.getLeaf('tab');
    if (!open) await leaf.setViewState({ type: PATH_VIEW_TYPE, active: true });
    await workspace.revealLeaf(leaf);
  }
}

function isoNow(): string {
  return new Date().toISOString();
}
