import { ConfirmationModal, FuzzySuggestModal, type App } from 'obsidian';
import type { PathSection } from '../../path/model';
import type { Stub, StubPlan } from '../../path/stubs';
import { readable } from '../../markdown/readable';

export interface StubDecision {
  readonly create: boolean;
  /** Turn the rows of the MOC into links to the new notes. */
  readonly linkRows: boolean;
}

/** Shows what would be created and asks. Nothing is written before the answer. */
export function confirmStubs(app: App, plan: StubPlan): Promise<StubDecision> {
  return new Promise((resolve) => {
    const modal = new ConfirmationModal(app);
    let create = false;
    let linkRows = false;
    const count = plan.create.length;
    const title = count === 1 ? 'Create planned note' : `Create ${count} planned notes`;
    modal.setTitle(title);
    const body = modal.contentEl;
    body.createEl('p', {
      text: 'Each note is created with its properties, a link back to its map and an empty check. Existing notes are never overwritten.',
    });
    const list = body.createEl('ul', { cls: 'labpath-stub-list' });
    for (const stub of plan.create) stubRow(list, stub);
    if (plan.skipped.length > 0) {
      body.createEl('p', { cls: 'labpath-stub-skipped', text: 'Left alone:' });
      const skipped = body.createEl('ul', { cls: 'labpath-stub-list' });
      for (const { title: name, reason } of plan.skipped) {
        const row = skipped.createEl('li');
        row.createDiv({ text: name });
        row.createDiv({ cls: 'labpath-stub-path', text: reason });
      }
    }
    modal.addCheckbox('Also link the rows in the map', (value) => {
      linkRows = value;
    });
    modal.addButton((button) =>
      button
        .setButtonText(count === 1 ? 'Create note' : `Create ${count} notes`)
        .setCta()
        .setInitialFocus()
        .onClick(() => {
          create = true;
        }),
    );
    modal.addCancelButton();
    modal.setCloseCallback(() => resolve({ create, linkRows }));
    modal.open();
  });
}

function stubRow(list: HTMLElement, stub: Stub): void {
  const row = list.createEl('li');
  const name = row.createDiv({ cls: 'labpath-stub-name' });
  name.createSpan({ text: stub.title });
  name.createSpan({ cls: 'labpath-chip', text: stub.kind });
  row.createDiv({ cls: 'labpath-stub-path', text: stub.path });
}

/** Picks one of many by typing. */
export class PickModal<T> extends FuzzySuggestModal<T> {
  constructor(
    app: App,
    placeholder: string,
    private readonly items: readonly T[],
    private readonly words: (item: T) => string,
    private readonly chosen: (item: T) => void,
  ) {
    super(app);
    this.setPlaceholder(placeholder);
  }

  override getItems(): T[] {
    return [...this.items];
  }

  override getItemText(item: T): string {
    return this.words(item);
  }

  override onChooseItem(item: T): void {
    this.chosen(item);
  }
}

export function sectionWords(section: PathSection): string {
  return section.sections.map(readable).join(' › ') || 'Above the first heading';
}
