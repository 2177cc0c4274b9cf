import { ConfirmationModal, Notice, type App } from 'obsidian';
import { repairHeadings } from '../../markdown/readable';
import { changedLines, type LineChange } from '../../path/lineDiff';
import { linkRows } from '../../path/linkRow';
import { linkTexts } from '../../path/linkText';
import { staleRows } from '../../path/syncMoc';
import type { PathIndex } from '../path/pathIndex';
import type { VaultSource } from '../vaultSource';

/** Edits of a map that the user asks for: shown line by line first, then made as one atomic change. */
export class MocEdits {
  constructor(
    private readonly app: App,
    private readonly index: PathIndex,
    private readonly source: VaultSource,
  ) {}

  /** Links the rows whose notes are written by now, and takes their planned markers away. */
  async sync(path: string): Promise<void> {
    const moc = (await this.index.load()).moc(path);
    if (!moc) return;
    const rows = staleRows(moc, linkTexts(this.source.notes()));
    await this.edit(path, 'Bring map up to date', 'Every row says what is written already.', (text) =>
      linkRows(text, rows),
    );
  }

  async repairHeadings(path: string): Promise<void> {
    await this.edit(path, 'Repair headings', 'No heading of this map is broken.', repairHeadings);
  }

  private async edit(
    path: string,
    title: string,
    nothing: string,
    edit: (text: string) => string,
  ): Promise<void> {
    const file = this.app.vault.getFileByPath(path);
    if (!file) return;
    const text = await this.app.vault.cachedRead(file);
    const changes = changedLines(text, edit(text));
    if (changes.length === 0) {
      new Notice(nothing);
      return;
    }
    if (!(await confirmChanges(this.app, title, changes))) return;
    await this.app.vault.process(file, edit);
    new Notice(changes.length === 1 ? 'One line was changed.' : `${changes.length} lines were changed.`);
  }
}

/** Shows what would change and asks. Nothing is written before the answer. */
function confirmChanges(app: App, title: string, changes: readonly LineChange[]): Promise<boolean> {
  return new Promise((resolve) => {
    const modal = new ConfirmationModal(app);
    let agreed = false;
    modal.setTitle(title);
    const list = modal.contentEl.createDiv({ cls: 'labpath-diff' });
    for (const { line, before, after } of changes) {
      const change = list.createDiv({ cls: 'labpath-diff-change' });
      change.createDiv({ cls: 'labpath-diff-line', text: `Line ${line}` });
      change.createEl('del', { text: before });
      change.createEl('ins', { text: after });
    }
    modal.addButton((button) =>
      button
        .setButtonText(changes.length === 1 ? 'Change line' : `Change ${changes.length} lines`)
        .setCta()
        .setInitialFocus()
        .onClick(() => {
          agreed = true;
        }),
    );
    modal.addCancelButton();
    modal.setCloseCallback(() => resolve(agreed));
    modal.open();
  });
}
