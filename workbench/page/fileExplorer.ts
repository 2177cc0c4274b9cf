/** The list of notes in the left side bar. */
import type * as O from 'obsidian';
import { setIcon } from '../host/icons/icons';
import { Keymap } from '../host/ui/keymap';
import { Menu } from '../host/ui/menu';
import { TFile, TFolder } from '../host/vault/files';
import { ItemView } from '../host/workspace/view';

export class FileExplorerView extends ItemView {
  override icon = 'folder-closed';
  private readonly closed = new Set<string>();
  private drawTimer = 0;

  getViewType(): string {
    return 'file-explorer';
  }

  getDisplayText(): string {
    return 'Files';
  }

  protected override async onOpen(): Promise<void> {
    this.contentEl.addClass('nav-files-container');
    const { vault, workspace } = this.app;
    const draw = () => this.drawSoon();
    for (const ref of [
      vault.on('create', draw),
      vault.on('delete', draw),
      vault.on('rename', draw),
      workspace.on('file-open', draw),
    ]) {
      this.registerEvent(ref);
    }
    this.draw();
  }

  /** A vault of thousands of notes arrives as thousands of events; it is drawn once. */
  private drawSoon(): void {
    window.clearTimeout(this.drawTimer);
    this.drawTimer = window.setTimeout(() => this.draw(), 20);
  }

  private draw(): void {
    this.contentEl.empty();
    const head = this.contentEl.createDiv('nav-header');
    head.createDiv({ cls: 'nav-vault-name', text: this.app.vault.getName() });
    const buttons = head.createDiv('nav-buttons');
    const create = buttons.createEl('button', {
      cls: 'clickable-icon',
      type: 'button',
      attr: { 'aria-label': 'New note' },
    });
    setIcon(create, 'file-plus');
    create.addEventListener('click', () => void this.createNote());
    this.drawFolder(
      this.app.vault.getRoot(),
      this.contentEl.createDiv({ cls: 'nav-tree', attr: { role: 'tree' } }),
    );
  }

  private drawFolder(folder: O.TFolder, parent: HTMLElement): void {
    for (const child of [...folder.children].sort(foldersFirst)) {
      if (child instanceof TFolder) this.drawSubfolder(child, parent);
      else if (child instanceof TFile) this.drawFile(child, parent);
    }
  }

  private drawSubfolder(folder: TFolder, parent: HTMLElement): void {
    const isClosed = this.closed.has(folder.path);
    const title = parent.createDiv({
      cls: 'nav-folder-title tappable',
      attr: { role: 'treeitem', tabindex: 0, 'aria-expanded': String(!isClosed) },
    });
    setIcon(title.createSpan('nav-folder-arrow'), isClosed ? 'chevron-right' : 'chevron-down');
    title.createSpan({ text: folder.name });
    const toggle = () => {
      if (!this.closed.delete(folder.path)) this.closed.add(folder.path);
      this.draw();
    };
    title.addEventListener('click', toggle);
    title.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') toggle();
    });
    if (!isClosed) this.drawFolder(folder, parent.createDiv('nav-folder-children'));
  }

  private drawFile(file: TFile, parent: HTMLElement): void {
    const row = parent.createDiv({
      cls: 'nav-file-title tappable',
      attr: { role: 'treeitem', tabindex: 0, 'data-path': file.path },
    });
    row.createSpan({ cls: 'nav-file-name', text: file.basename });
    if (file.extension !== 'md') row.createSpan({ cls: 'nav-file-tag', text: file.extension });
    row.toggleClass('is-active', file === this.app.workspace.getActiveFile());
    const open = (event: MouseEvent | KeyboardEvent) =>
      void this.app.workspace.getLeaf(Keymap.isModEvent(event)).openFile(file);
    row.addEventListener('click', open);
    row.addEventListener('auxclick', (event) => {
      if (event.button === 1) open(event);
    });
    row.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') open(event);
    });
    row.addEventListener('contextmenu', (event) => this.showMenu(file, event));
  }

  private showMenu(file: TFile, event: MouseEvent): void {
    const menu = new Menu();
    menu.addItem((item) =>
      item
        .setTitle('Open in new tab')
        .setIcon('file-plus')
        .onClick(() => void this.app.workspace.getLeaf('tab').openFile(file)),
    );
    menu.addItem((item) =>
      item
        .setTitle('Delete')
        .setIcon('trash-2')
        .setSection('danger')
        .setWarning(true)
        .onClick(() => void this.app.fileManager.promptForDeletion(file)),
    );
    this.app.workspace.trigger('file-menu', menu, file, 'file-explorer-context-menu', this.leaf);
    menu.showAtMouseEvent(event);
  }

  private async createNote(): Promise<void> {
    let name = 'Untitled.md';
    for (let count = 1; this.app.vault.getFileByPath(name) !== null; count++) name = `Untitled ${count}.md`;
    const file = await this.app.vault.create(name, '');
    await this.app.workspace.getLeaf(false).openFile(file);
  }
}

function foldersFirst(left: O.TAbstractFile, right: O.TAbstractFile): number {
  const isFolder = (file: O.TAbstractFile) => Number(file instanceof TFolder);
  return (
    isFolder(right) - isFolder(left) || left.name.localeCompare(right.name, undefined, { numeric: true })
  );
}
