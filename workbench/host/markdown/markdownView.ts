/** A note, as source, Live Preview or Reading view (obsidian.d.ts "class MarkdownView"). */
import { ChangeSet } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type * as O from 'obsidian';
import type { Public } from '../base/types';
import { Editor } from '../editor/editor';
import { setLivePreview } from '../editor/fields';
import { followExtensions } from '../editor/pluginExtensions';
import { MarkdownPreviewView } from '../render/previewView';
import { stateEntry, TextFileView } from '../workspace/fileView';
import { announceHover, followLink, followPreviewClicks } from './links';
import { noteState, type NoteEditorEvents } from './noteEditor';
import { MarkdownEditView } from './editView';
import { changeBetween } from './textChange';

export type NoteMode = 'live' | 'source' | 'reading';

export class MarkdownView extends TextFileView implements Public<O.MarkdownView> {
  override icon = 'file-text';
  readonly editor: Editor;
  readonly previewMode: MarkdownPreviewView;
  readonly editMode: MarkdownEditView;
  currentMode: O.MarkdownSubView;
  hoverPopover: O.HoverPopover | null = null;
  private mode: NoteMode = 'live';
  /** Text set by the host is no edit of the user's: it must not be saved again. */
  private isSettingText = false;
  private readonly sourceEl: HTMLElement;
  private readonly readingEl: HTMLElement;
  private readonly modeAction: HTMLElement;
  private readonly events: NoteEditorEvents = {
    onChange: () => this.onEdited(),
    onLink: (target, event) => followLink(this.app, target, this.file?.path ?? '', event),
    onHover: (link, event) => announceHover(this, link, event, 'editor'),
  };

  constructor(leaf: O.WorkspaceLeaf) {
    super(leaf);
    this.sourceEl = this.contentEl.createDiv(
      'markdown-source-view cm-s-obsidian mod-cm6 is-readable-line-width',
    );
    this.readingEl = this.contentEl.createDiv('markdown-reading-view');
    const cm = new EditorView({ parent: this.sourceEl });
    this.editor = new Editor(cm);
    this.editMode = new MarkdownEditView(this);
    this.previewMode = new MarkdownPreviewView(this, this.readingEl.createDiv());
    this.currentMode = this.editMode;
    this.modeAction = this.addAction('book-open', 'Switch between editing and reading', () => {
      void this.setMode(this.mode === 'reading' ? 'live' : 'reading');
    });
    cm.setState(this.freshState(''));
    followPreviewClicks(this, this.readingEl);
    this.register(followExtensions(cm));
    this.register(() => cm.destroy());
    // CodeMirror hears selections and mounts its styles on the page it is told of.
    this.register(this.containerEl.onWindowMigrated(({ document }) => cm.setRoot(document)));
    this.showMode();
  }

  getViewType(): string {
    return 'markdown';
  }

  /** 'source' for both kinds of editing (obsidian.d.ts "MarkdownViewModeType"). */
  getMode(): O.MarkdownViewModeType {
    return this.mode === 'reading' ? 'preview' : 'source';
  }

  getViewData(): string {
    return this.editor.getValue();
  }

  setViewData(data: string, clear: boolean): void {
    this.isSettingText = true;
    const { cm } = this.editor;
    if (clear) cm.setState(this.freshState(data));
    else {
      const change = changeBetween(cm.state.doc.toString(), data);
      if (change !== null) cm.dispatch({ changes: change });
    }
    this.isSettingText = false;
    if (this.mode === 'reading') this.previewMode.set(data, clear);
  }

  clear(): void {
    this.previewMode.clear();
  }

  override getState(): Record<string, unknown> {
    return {
      ...super.getState(),
      mode: this.getMode(),
      source: this.mode === 'source',
    };
  }

  /** `mode` is source or preview; `source` chooses Source mode over Live Preview. */
  override async setState(state: unknown, result: O.ViewStateResult): Promise<void> {
    await super.setState(state, result);
    const mode = stateEntry(state, 'mode');
    const source = stateEntry(state, 'source');
    if (mode === undefined && source === undefined) return;
    const isReading = (mode ?? this.getMode()) === 'preview';
    const isSource = typeof source === 'boolean' ? source : this.mode === 'source';
    await this.setMode(isReading ? 'reading' : isSource ? 'source' : 'live');
  }

  override setEphemeralState(state: unknown): void {
    if (stateEntry(state, 'focus') === true && this.mode !== 'reading') this.editor.focus();
    const subpath = stateEntry(state, 'subpath');
    if (typeof subpath === 'string') this.revealHeading(subpath.replace(/^#/, '').split('#').at(-1) ?? '');
    const line = stateEntry(state, 'line');
    if (typeof line === 'number') {
      this.editor.setCursor(line);
      this.editor.scrollIntoView({ from: { line, ch: 0 }, to: { line, ch: 0 } }, true);
    }
  }

  override onResize(): void {
    this.editor.refresh();
  }

  showSearch(): void {
    this.editor.focus();
    this.editor.cm.contentDOM.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'f', ctrlKey: true, bubbles: true }),
    );
  }

  override async onUnloadFile(file: O.TFile): Promise<void> {
    await super.onUnloadFile(file);
    this.isSettingText = true;
    this.editor.cm.setState(this.freshState(''));
    this.isSettingText = false;
  }

  async setMode(mode: NoteMode): Promise<void> {
    if (mode !== this.mode) {
      if (mode === 'reading') await this.save();
      this.mode = mode;
      this.editor.cm.dispatch({ effects: setLivePreview.of(mode === 'live') });
      this.showMode();
      this.app.workspace.trigger('layout-change');
    }
    if (mode === 'reading') this.previewMode.set(this.getViewData(), false);
  }

  getNoteMode(): NoteMode {
    return this.mode;
  }

  protected override async onClose(): Promise<void> {
    await super.onClose();
    this.previewMode.clear();
  }

  /** Both changes are kept: what was typed here is laid over what came from disk. */
  protected override mergeFromDisk(before: string, after: string): void {
    const local = changeBetween(before, this.getViewData());
    const remote = changeBetween(before, after);
    if (remote === null) return;
    const localSet = ChangeSet.of(local ?? [], before.length);
    const remoteSet = ChangeSet.of(remote, before.length);
    this.editor.cm.dispatch({ changes: remoteSet.map(localSet, true) });
  }

  private freshState(text: string) {
    return noteState(text, this.mode === 'live', this, this.editor.cm, this.events);
  }

  private onEdited(): void {
    if (this.isSettingText) return;
    this.requestSave();
    this.app.workspace.trigger('editor-change', this.editor, this);
  }

  private showMode(): void {
    const isReading = this.mode === 'reading';
    this.sourceEl.toggleClass('is-live-preview', this.mode === 'live');
    this.sourceEl.toggle(!isReading);
    this.readingEl.toggle(isReading);
    this.contentEl.dataset['mode'] = this.getMode();
    this.currentMode = isReading ? this.previewMode : this.editMode;
    this.modeAction.toggleClass('is-active', isReading);
    if (!isReading) this.editor.refresh();
  }

  private revealHeading(heading: string): void {
    if (this.mode === 'reading') {
      void this.previewMode.whenDrawn().then(() => this.previewMode.revealHeading(heading));
      return;
    }
    const headings =
      this.file === null ? [] : (this.app.metadataCache.getFileCache(this.file)?.headings ?? []);
    const found = headings.find((one) => one.heading.trim().toLowerCase() === heading.trim().toLowerCase());
    if (found === undefined) return;
    const { line } = found.position.start;
    this.editor.setCursor(line);
    this.editor.scrollIntoView({ from: { line, ch: 0 }, to: { line, ch: 0 } }, true);
  }
}
