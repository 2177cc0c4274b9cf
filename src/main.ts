import { Notice, Platform, Plugin, debounce, type Debouncer } from 'obsidian';
import { asProblem, describeProblem, type Problem } from './base/problem';
import { restoreRuns, saveRuns } from './runs/records';
import { Runner } from './runs/runner';
import { RunStore } from './runs/store';
import { CellDesk } from './views/cell/cellDesk';
import { PlaceholderValues } from './views/cell/placeholderValues';
import { cellCommands } from './views/commands/cellCommands';
import { pathCommands } from './views/commands/pathCommands';
import { cellsInLivePreview } from './views/editor/livePreview';
import { mocChipsInLivePreview } from './views/moc/editorChips';
import { mocChipsInReadingView } from './views/moc/readingChips';
import { NoteCells } from './views/noteCells';
import { LearnedBook } from './views/path/learnedBook';
import { PathIndex } from './views/path/pathIndex';
import { PATH_VIEW_TYPE, PathView } from './views/path/pathView';
import { pathActions } from './views/pathActions';
import { cellPostProcessor } from './views/reading/cellPostProcessor';
import { deviceRecords } from './views/runRecords';
import { LazySessions } from './views/sessions/lazySessions';
import { makePool } from './views/sessions/makePool';
import { hostOfNote } from './views/sessions/noteHost';
import { LabpathSettingTab } from './views/settings/settingTab';
import { SettingsStore } from './views/settings/settingsStore';
import { StatusBar } from './views/statusBar';
import { StubMaker } from './views/stubs/stubMaker';
import { TrustDesk } from './views/trust/trustDesk';
import { VaultSource } from './views/vaultSource';

/** Milliseconds of quiet before runs that ended are recorded. */
const RECORD_QUIET = 200;

/** The plugin: wires parts, decides nothing. Loading only registers; SSH and the graph are loaded on first use. */
export default class LabpathPlugin extends Plugin {
  private readonly settingsStore = new SettingsStore(this);
  private readonly runs = new RunStore();
  private readonly records = deviceRecords(this.app);
  private readonly trust = new TrustDesk(this.app, {
    settings: () => this.settingsStore.current,
    hostOfNote: (note) => this.hostOf(note),
  });
  private readonly source = new VaultSource(this.app);
  private readonly notes = new NoteCells(this.runs);
  private readonly learned = new LearnedBook(this.settingsStore, isoNow);
  private readonly index = new PathIndex(this.app, this.source, this.learned);
  private readonly sessions = new LazySessions(() => makePool(() => this.settingsStore.current, this.trust));
  private readonly recordSoon: Debouncer<[], void> = debounce(() => {
    saveRuns(this.runs, this.records).catch((error: unknown) =>
      this.tell(asProblem(error, 'The outputs could not be kept on this device.')),
    );
  }, RECORD_QUIET);
  private readonly desk = new CellDesk({
    app: this.app,
    store: this.runs,
    runner: new Runner({
      sessions: this.sessions,
      store: this.runs,
      now: () => Date.now(),
      defaultHost: (note) => this.hostOf(note),
      onEvent: (_place, { type }) => {
        if (type === 'status' || type === 'lost') this.recordSoon();
      },
    }),
    values: new PlaceholderValues(this.app),
    hostOfNote: (note) => this.hostOf(note),
    mayRun: this.trust.mayRun,
    report: (shown) => this.tell(shown),
  });
  private readonly stubs = new StubMaker({
    app: this.app,
    index: this.index,
    source: this.source,
    folder: () => this.settingsStore.current.stubFolder,
    now: isoNow,
    uid: () => crypto.randomUUID(),
  });
  private readonly actions = pathActions(this.app, this.stubs, this.learned);

  override onload(): void {
    const { app, desk, notes, index, actions } = this;
    this.registerView(PATH_VIEW_TYPE, (leaf) => new PathView(leaf, index, actions));
    this.registerEditorExtension([cellsInLivePreview(desk, notes), mocChipsInLivePreview(index, actions)]);
    this.registerMarkdownPostProcessor(cellPostProcessor(app, desk));
    this.registerMarkdownPostProcessor(mocChipsInReadingView(index, actions));
    this.addSettingTab(new LabpathSettingTab(app, this, this.settingsStore, this.trust.device));
    this.addRibbonIcon('route', 'Open learning path', () => void this.openPath());
    const commands = [
      ...cellCommands(app, desk, notes),
      ...pathCommands({ ...this, app, openPath: () => this.openPath() }),
    ];
    for (const command of commands) this.addCommand(command);
    app.workspace.onLayoutReady(() => void this.start());
  }

  override onunload(): void {
    this.recordSoon.run();
    this.desk.closed.emit();
    this.sessions.closeAll();
  }

  override onExternalSettingsChange(): void {
    void this.settingsStore.load();
  }

  /** What needs the vault waits for the layout. */
  private async start(): Promise<void> {
    await this.settingsStore
      .load()
      .catch((error: unknown) => this.tell(asProblem(error, 'The settings could not be read.')));
    const unrestored = await restoreRuns(this.runs, this.records);
    if (unrestored) this.tell(unrestored);
    this.register(this.settingsStore.changed.on(() => this.desk.changed.emit(null)));
    this.registerEvent(this.app.metadataCache.on('changed', ({ path }) => this.desk.changed.emit(path)));
    this.index.watch(this);
    this.registerDomEvent(window, 'beforeunload', () => this.recordSoon.run());
    this.registerEvent(this.app.vault.on('rename', (file, oldPath) => this.follow(oldPath, file.path)));
    if (Platform.isDesktopApp) {
      const bar = new StatusBar(this.addStatusBarItem(), this.app, this.index, () => void this.openPath());
      bar.watch(this, this.desk);
    }
  }

  private follow(from: string, to: string): void {
    this.desk.rename(from, to);
    this.notes.rename(from, to);
    void this.learned.rename(from, to);
    this.recordSoon();
  }

  private tell(shown: Problem): void {
    new Notice(describeProblem(shown), 0);
  }

  private hostOf(note: string): string {
    return hostOfNote(this.app, this.settingsStore.current, note);
  }

  private async openPath(): Promise<void> {
    const { workspace } = this.app;
    const [open] = workspace.getLeavesOfType(PATH_VIEW_TYPE);
    const leaf = open ?? workspace.getLeaf('tab');
    if (!open) await leaf.setViewState({ type: PATH_VIEW_TYPE, active: true });
    await workspace.revealLeaf(leaf);
  }
}

function isoNow(): string {
  return new Date().toISOString();
}
