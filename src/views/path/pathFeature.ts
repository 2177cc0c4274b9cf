import { Platform, type Plugin } from 'obsidian';
import type { Problem } from '../../base/problem';
import type { NoteFacts } from '../../path/noteFacts';
import type { CellDesk } from '../cell/cellDesk';
import { pathCommands } from '../commands/pathCommands';
import type { MachineFit } from '../machine/machineFit';
import { mocChipsInLivePreview } from '../moc/editorChips';
import { MocEdits } from '../moc/mocEdits';
import { followPath } from '../moc/pathChanged';
import { mocChipsInReadingView } from '../moc/readingChips';
import { stepHeaderInLivePreview, stepHeaderInReadingView } from '../moc/stepHeaderViews';
import { pathActions } from '../pathActions';
import type { SettingsStore } from '../settings/settingsStore';
import { StatusBar } from '../statusBar';
import { StubMaker } from '../stubs/stubMaker';
import { VaultSource } from '../vaultSource';
import { registerPathCli } from './cliHandlers';
import { LearnedBook } from './learnedBook';
import { PathIndex } from './pathIndex';
import { PATH_LIST_VIEW_TYPE, PathListView } from './pathListView';
import { PATH_VIEW_TYPE, PathView } from './pathView';

export interface PathFeatureParts {
  readonly plugin: Plugin;
  readonly settings: SettingsStore;
  readonly tell: (shown: Problem) => void;
  /** What the lab machine lacks of what labs need. */
  readonly fit: MachineFit;
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
    this.index = new PathIndex(
      plugin.app,
      this.source,
      this.learned,
      tell,
      () => settings.current.plannedMarkers,
    );
  }

  /** What is known of a note, or null when there is no such note. */
  factsOf(note: string): NoteFacts | null {
    return this.source.note(note);
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
      templates: () => settings.current.templateFolder,
      now: isoNow,
      uid: () => crypto.randomUUID(),
    });
    const actions = pathActions(app, stubs, learned);
    const openPath = () => this.open();
    plugin.registerView(PATH_VIEW_TYPE, (leaf) => new PathView(leaf, index, actions, this.parts.fit, isoNow));
    plugin.registerView(
      PATH_LIST_VIEW_TYPE,
      (leaf) => new PathListView(leaf, index, actions, this.parts.fit, isoNow),
    );
    plugin.registerHoverLinkSource(PATH_VIEW_TYPE, { display: 'Learning path', defaultMod: true });
    const header = { index, actions, lacking: this.parts.fit.of, now: isoNow };
    plugin.registerEditorExtension([
      followPath(index),
      mocChipsInLivePreview(index, actions),
      stepHeaderInLivePreview(header),
    ]);
    plugin.registerMarkdownPostProcessor(stepHeaderInReadingView(header));
    registerPathCli(plugin, index, isoNow);
    plugin.registerMarkdownPostProcessor(mocChipsInReadingView(index, actions));
    plugin.addRibbonIcon('route', 'Open learning path', () => void openPath());
    const edits = new MocEdits(app, index, source);
    const openList = () => this.openList();
    const parts = { app, index, source, stubs, edits, learned, actions, openPath, openList, now: isoNow };
    for (const command of pathCommands(parts)) {
      plugin.addCommand(command);
    }
  }

  /** Call once the layout is ready. */
  start(desk: CellDesk): void {
    const { plugin } = this.parts;
    this.index.watch(plugin);
    plugin.register(this.parts.settings.changed.on(() => this.index.refresh()));
    plugin.register(this.parts.fit.changed.on(() => this.index.refresh()));
    if (!Platform.isDesktopApp) return;
    const bar = new StatusBar(plugin.addStatusBarItem(), plugin.app, this.index, () => void this.open());
    bar.watch(plugin, desk);
  }

  private async openList(): Promise<void> {
    await this.parts.plugin.app.workspace.ensureSideLeaf(PATH_LIST_VIEW_TYPE, 'right', { active: true });
  }

  async open(): Promise<void> {
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
