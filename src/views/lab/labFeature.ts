import { MarkdownView, type Plugin, Platform } from 'obsidian';
import type { CellDesk } from '../cell/cellDesk';
import { Authoring } from '../authoring/authoring';
import { authoringCommands } from '../commands/authoringCommands';
import { labCommands } from '../commands/labCommands';
import { labLint } from '../editor/labLint';
import type { NoteCells } from '../noteCells';
import type { PathFeature } from '../path/pathFeature';
import type { LabMachine } from '../machine/labMachine';
import { Attempts } from './attempts';
import { firstTurn } from './firstTurn';
import { LabDesk } from './labDesk';
import { LabPanel } from './labPanel';
import { LabProgress } from './labProgress';

export interface LabFeatureParts {
  readonly plugin: Plugin;
  readonly desk: CellDesk;
  readonly notes: NoteCells;
  readonly path: PathFeature;
  /** Vault folders for new notes and of the user's templates; empty when not set. */
  readonly folders: () => { readonly notes: string; readonly templates: string };
  readonly machine: LabMachine;
  /** Host of a note's cells that name none. */
  readonly hostOfNote: (note: string) => string;
}

/** Everything labs add to the app: the strip above lab notes, commands, attempts and what they mean for progress. */
export class LabFeature {
  private readonly labs: LabDesk;
  private readonly panels = new Map<MarkdownView, LabPanel>();

  constructor(private readonly parts: LabFeatureParts) {
    const { plugin, desk, notes, path } = parts;
    this.labs = new LabDesk({
      desk,
      attempts: new Attempts(plugin.app),
      progress: new LabProgress({
        learned: path.learned,
        factsOf: (note) => path.factsOf(note),
        now: () => new Date().toISOString(),
        firstTurn: () => firstTurn(plugin.app, Math.random),
      }),
      nodesOf: (note) => (parts.hostOfNote(note) === 'lab' ? parts.machine.fit.nodes : 1),
      cellsOf: (note) => notes.cellsOf(note),
      frontmatterOf: (note) => path.factsOf(note)?.frontmatter ?? {},
      now: () => Date.now(),
    });
  }

  /** Registers; nothing is read before the layout is ready. */
  load(): void {
    const { plugin, notes, desk, folders } = this.parts;
    const authoring = new Authoring({
      app: plugin.app,
      desk,
      labs: this.labs,
      folder: () => folders().notes,
      templates: () => folders().templates,
      uid: () => crypto.randomUUID(),
      now: () => new Date().toISOString(),
    });
    for (const command of authoringCommands(plugin.app, authoring, notes)) plugin.addCommand(command);
    for (const command of labCommands(plugin.app, this.labs, notes)) plugin.addCommand(command);
    plugin.registerEditorExtension(labLint());
    plugin.register(() => this.panels.forEach((panel) => panel.destroy()));
  }

  start(): void {
    const { plugin } = this.parts;
    const { workspace, metadataCache, vault } = plugin.app;
    plugin.registerEvent(workspace.on('layout-change', () => this.follow()));
    plugin.registerEvent(workspace.on('file-open', () => this.follow()));
    plugin.registerEvent(metadataCache.on('changed', ({ path }, text) => this.readAgain(path, text)));
    plugin.registerEvent(vault.on('rename', ({ path }, from) => this.labs.rename(from, path)));
    const { fit, control } = this.parts.machine;
    const redraw = () => this.panels.forEach((panel) => panel.refresh());
    plugin.register(fit.changed.on(redraw));
    plugin.register(control.changed.on(redraw));
    this.follow();
  }

  /** The number of the attempt at a note's lab that goes on; null when there is none. */
  turnOf(note: string): number | null {
    return this.labs.attemptOf(note)?.turn ?? null;
  }

  /** Every view of a note gets a strip; it hides itself where the note is no lab. */
  private follow(): void {
    const { app } = this.parts.plugin;
    const open = app.workspace
      .getLeavesOfType('markdown')
      .flatMap(({ view }) => (view instanceof MarkdownView ? [view] : []));
    for (const [view, panel] of this.panels) {
      if (open.includes(view)) continue;
      panel.destroy();
      this.panels.delete(view);
    }
    for (const view of open) {
      const panel = this.panels.get(view);
      if (panel) panel.refresh();
      else this.panels.set(view, this.panelOf(view));
      void this.read(view);
    }
  }

  /** A view may not have loaded its note yet when it is announced; the vault has. */
  private async read({ app, file }: MarkdownView): Promise<void> {
    const { notes } = this.parts;
    if (!file || notes.knows(file.path)) return;
    notes.offer(file.path, await app.vault.cachedRead(file));
    this.labs.changed.emit(file.path);
  }

  /** An editor tells of every edit itself, and is ahead of the file. */
  private readAgain(note: string, text: string): void {
    const { notes } = this.parts;
    const isEdited = [...this.panels.keys()].some(
      (view) => view.file?.path === note && view.getMode() === 'source',
    );
    if (!isEdited && notes.knows(note)) notes.see(note, text);
    this.labs.changed.emit(note);
  }

  private panelOf(view: MarkdownView): LabPanel {
    const { desk, path, machine, hostOfNote } = this.parts;
    return new LabPanel(view.contentEl, {
      labs: this.labs,
      note: () => view.file?.path ?? null,
      frontmatterOf: (note) => path.factsOf(note)?.frontmatter ?? {},
      // Of other hosts nobody knows what they offer before a lab starts there.
      fitOf: (note) =>
        Platform.isDesktopApp && hostOfNote(note) === 'lab'
          ? machine.fit.fitOf(this.labs.requirementsOf(note))
          : null,
      useMachine: (better) => void machine.replaceBy(better),
      followRuns: (note, changed) => desk.store.subscribeNote(note, changed),
      goTo: (line) => view.setEphemeralState({ line: line - 1 }),
    });
  }
}
