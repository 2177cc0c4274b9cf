/** Views of a file (obsidian.d.ts "class FileView", "class TextFileView"). */
import type * as O from 'obsidian';
import { debounce } from '../base/debounce';
import type { Public } from '../base/types';
import { TFile } from '../vault/files';
import { ItemView } from './view';

export abstract class FileView extends ItemView implements Public<O.FileView> {
  allowNoFile = false;
  file: TFile | null = null;
  override navigation = true;

  override onload(): void {
    this.registerEvent(
      this.app.vault.on('rename', (file) => {
        if (file === this.file) void this.onRename(file as TFile);
      }),
    );
    this.registerEvent(
      this.app.vault.on('delete', (file) => {
        if (file === this.file) this.leaf.detach();
      }),
    );
  }

  getDisplayText(): string {
    return this.file?.basename ?? '';
  }

  override getState(): Record<string, unknown> {
    return { file: this.file?.path ?? null };
  }

  override async setState(state: unknown, result: O.ViewStateResult): Promise<void> {
    const path = stateEntry(state, 'file');
    if (typeof path === 'string') {
      const file = this.app.vault.getFileByPath(path);
      if (file instanceof TFile) await this.loadFile(file);
      else await this.loadFile(null);
    }
    await super.setState(state, result);
  }

  async onLoadFile(_file: O.TFile): Promise<void> {
    // For subclasses.
  }

  async onUnloadFile(_file: O.TFile): Promise<void> {
    // For subclasses.
  }

  async onRename(_file: O.TFile): Promise<void> {
    this.titleEl.setText(this.getDisplayText());
    this.app.workspace.trigger('layout-change');
  }

  canAcceptExtension(_extension: string): boolean {
    return false;
  }

  protected override async onClose(): Promise<void> {
    await this.loadFile(null);
  }

  private async loadFile(file: TFile | null): Promise<void> {
    if (file === this.file) return;
    const before = this.file;
    if (before !== null) await this.onUnloadFile(before);
    this.file = file;
    if (file !== null) await this.onLoadFile(file);
    this.titleEl.setText(this.getDisplayText());
  }
}

export abstract class EditableFileView extends FileView implements Public<O.EditableFileView> {}

/** The app saves two seconds after the last change (obsidian.d.ts "TextFileView.requestSave": "Debounced save in 2 seconds"). */
const saveDelayMs = 2000;

export abstract class TextFileView extends EditableFileView implements Public<O.TextFileView> {
  /** The text as it is on disk, as far as this view knows. */
  data = '';
  private isDirty = false;
  private readonly saveLater = debounce(() => void this.save(), saveDelayMs, true);

  requestSave = (): void => {
    this.isDirty = true;
    this.saveLater();
  };

  override onload(): void {
    super.onload();
    this.registerEvent(
      this.app.vault.on('modify', (file) => {
        if (file === this.file) void this.onModified(file as TFile);
      }),
    );
  }

  abstract getViewData(): string;
  abstract setViewData(data: string, clear: boolean): void;
  abstract clear(): void;

  override async onLoadFile(file: O.TFile): Promise<void> {
    this.data = await this.app.vault.read(file);
    this.isDirty = false;
    this.setViewData(this.data, true);
  }

  override async onUnloadFile(file: O.TFile): Promise<void> {
    if (this.isDirty && this.app.vault.getFileByPath(file.path) === file) await this.save();
    this.clear();
  }

  async save(clear = false): Promise<void> {
    this.saveLater.cancel();
    if (this.file !== null && this.isDirty) {
      const text = this.getViewData();
      this.isDirty = false;
      this.data = text;
      await this.app.vault.modify(this.file, text);
    }
    if (clear) this.clear();
  }

  /** Text written by someone else; what was typed here and is not saved yet stays. */
  protected mergeFromDisk(_before: string, after: string): void {
    this.setViewData(after, false);
  }

  private async onModified(file: TFile): Promise<void> {
    const text = await this.app.vault.cachedRead(file);
    const before = this.data;
    if (file !== this.file || text === before) return;
    this.data = text;
    if (this.isDirty) this.mergeFromDisk(before, text);
    else if (text !== this.getViewData()) this.setViewData(text, false);
  }
}

/** One entry of a view state, whose shape only the view itself knows. */
export function stateEntry(state: unknown, key: string): unknown {
  return typeof state === 'object' && state !== null ? (state as Record<string, unknown>)[key] : undefined;
}
