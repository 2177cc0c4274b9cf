/** What a leaf shows before it shows anything, or when nobody makes views of the wanted type. */
import type * as O from 'obsidian';
import { ItemView } from './view';

export class EmptyView extends ItemView {
  override icon = 'file';

  constructor(
    leaf: O.WorkspaceLeaf,
    private readonly missingType: string | null = null,
  ) {
    super(leaf);
  }

  getViewType(): string {
    return this.missingType ?? 'empty';
  }

  getDisplayText(): string {
    return this.missingType === null ? 'New tab' : 'Plugin no longer active';
  }

  protected override async onOpen(): Promise<void> {
    const box = this.contentEl.createDiv('empty-state');
    if (this.missingType !== null) {
      box.createDiv({ cls: 'empty-state-title', text: 'Plugin no longer active' });
      box.createDiv({ text: `No plugin makes views of the type “${this.missingType}”.` });
      return;
    }
    box.createDiv({ cls: 'empty-state-title', text: 'No note is open' });
    const hints = box.createDiv('empty-state-hints');
    hints.createDiv({ text: 'Choose one on the left, or press Ctrl O to go to a note by name.' });
    hints.createDiv({ text: 'Ctrl P opens the command palette.' });
  }
}
