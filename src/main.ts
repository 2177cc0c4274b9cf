import { Notice, Platform, Plugin, debounce, type Debouncer } from 'obsidian';
import { asProblem, describeProblem, type Problem } from './base/problem';
import { RECORD_LIMITS, restoreRuns, saveRuns } from './runs/records';
import { Runner } from './runs/runner';
import { RunStore } from './runs/store';
import { maskKnown } from './trust/secretText';
import { CellDesk } from './views/cell/cellDesk';
import { CellUiState } from './views/cell/cellUiState';
import { followNotes, registerCells } from './views/cell/register';
import { HelpFeature } from './views/help/helpFeature';
import { LabMachine } from './views/machine/labMachine';
import { machinePage } from './views/machine/machinePage';
import { NoteCells } from './views/noteCells';
import { LabFeature } from './views/lab/labFeature';
import { PathFeature } from './views/path/pathFeature';
import { deviceRecords } from './views/runRecords';
import { LazySessions } from './views/sessions/lazySessions';
import { makePool } from './views/sessions/makePool';
import { hostOfNote } from './views/sessions/noteHost';
import { LabpathSettingTab } from './views/settings/settingTab';
import { SettingsStore } from './views/settings/settingsStore';
import { TrustDesk } from './views/trust/trustDesk';

/** Milliseconds of quiet before runs that began or ended are recorded. */
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
  private readonly cellUi = new CellUiState();
  private readonly notes = new NoteCells([this.runs, this.cellUi]);
  private readonly sessions = new LazySessions(() => makePool(() => this.settingsStore.current, this.trust));
  private readonly machine = new LabMachine({
    plugin: this,
    report: (shown) => this.tell(shown),
    sessions: this.sessions,
  });
  private readonly path = new PathFeature({
    plugin: this,
    settings: this.settingsStore,
    tell: (shown) => this.tell(shown),
    fit: this.machine.fit,
  });
  private isGone = false;
  private readonly recordSoon: Debouncer<[], void> = debounce(() => this.record(), RECORD_QUIET);
  private readonly desk: CellDesk = new CellDesk({
    app: this.app,
    store: this.runs,
    runner: new Runner({
      sessions: this.sessions,
      store: this.runs,
      now: () => Date.now(),
      defaultHost: (note) => this.hostOf(note),
      onEvent: (place, event) => {
        this.desk.hear(place, event);
        // What ends because the plugin does has been recorded; a later plugin's records must not be overwritten.
        if (event.type !== 'output' && event.type !== 'front' && !this.isGone) this.recordSoon();
        if (event.type === 'status' || event.type === 'lost') this.help.ran.emit();
      },
    }),
    sessions: this.sessions,
    notes: this.notes,
    ui: this.cellUi,
    hostOfNote: (note) => this.hostOf(note),
    mayRun: this.trust.mayRun,
    report: (shown) => this.tell(shown),
    turnOf: (note) => this.labs.turnOf(note),
    checkTools: (host, names) => this.machine.checkTools(host, names),
  });
  private readonly labs: LabFeature = new LabFeature({
    plugin: this,
    desk: this.desk,
    notes: this.notes,
    path: this.path,
    folders: () => {
      const { stubFolder, templateFolder } = this.settingsStore.current;
      return { notes: stubFolder, templates: templateFolder };
    },
    machine: this.machine,
    hostOfNote: (note) => this.hostOf(note),
  });

  private readonly help = new HelpFeature({
    plugin: this,
    settings: this.settingsStore,
    device: this.trust.device,
    path: this.path,
    runs: this.runs,
  });

  override async onload(): Promise<void> {
    const { app } = this;
    // Before any editor asks how high its cells are: an output that comes later would move the text being read.
    const unrestored = await restoreRuns(this.runs, this.records).catch((error: unknown) =>
      asProblem(error, 'The outputs of earlier runs could not be read.'),
    );
    if (unrestored) this.tell(unrestored);
    registerCells(this, this.desk);
    this.path.load();
    this.machine.load();
    this.help.load(Platform.isDesktopApp ? this.machine.control : null);
    const pages = (lookAgain: () => void) =>
      Platform.isDesktopApp ? [machinePage(this.machine, lookAgain)] : [];
    this.addSettingTab(new LabpathSettingTab(this, this.settingsStore, this.trust.device, this.help, pages));
    this.labs.load();
    app.workspace.onLayoutReady(() => void this.start());
  }

  override onunload(): void {
    this.record();
    this.isGone = true;
    this.sessions.closeAll();
  }

  /** Somebody switched the plugin on, and did not just start the app. */
  override onUserEnable(): void {
    this.app.workspace.onLayoutReady(() => void this.help.openFirstSteps());
  }

  override onExternalSettingsChange(): void {
    void this.settingsStore.load().then(() => this.path.learned.changed.emit(this.path.learned.entries));
  }

  /** What needs the vault waits for the layout. */
  private async start(): Promise<void> {
    await this.settingsStore
      .load()
      .catch((error: unknown) => this.tell(asProblem(error, 'The settings could not be read.')));
    this.register(this.settingsStore.changed.on(() => this.desk.changed.emit(null)));
    this.machine.start();
    this.path.start(this.desk);
    this.labs.start();
    this.registerDomEvent(window, 'beforeunload', () => this.record());
    followNotes(this, this.desk, {
      moved: (from, to) => {
        void this.path.learned.rename(from, to);
        this.recordSoon();
      },
      removed: () => this.recordSoon(),
    });
  }

  /** With what cells that still run have printed until now. */
  private record(): void {
    this.recordSoon.cancel();
    const mask = (text: string) => maskKnown(text, this.desk.params.secrets);
    saveRuns(this.runs, this.records, RECORD_LIMITS, mask).catch((error: unknown) =>
      this.tell(asProblem(error, 'The outputs could not be kept on this device.')),
    );
  }

  private tell(shown: Problem): void {
    this.help.journal.add(shown);
    new Notice(describeProblem(shown), 0);
  }

  private hostOf(note: string): string {
    return hostOfNote(this.app, this.settingsStore.current, note);
  }
}
