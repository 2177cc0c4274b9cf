/** The command palette and the quick switcher. */
import type * as O from 'obsidian';
import { folderLabel } from '../fileManager';
import type { RegisteredCommand } from '../registries';
import type { CommandManager } from '../commands';
import { Keymap } from './keymap';
import { renderMatches } from './fuzzy';
import { FuzzySuggestModal } from './suggest';

export class CommandPalette extends FuzzySuggestModal<RegisteredCommand> {
  constructor(
    app: O.App,
    private readonly manager: CommandManager,
  ) {
    super(app);
    this.setPlaceholder('Select a command…');
    this.setInstructions([
      { command: '↑↓', purpose: 'to navigate' },
      { command: '↵', purpose: 'to use' },
      { command: 'esc', purpose: 'to dismiss' },
    ]);
  }

  getItems(): RegisteredCommand[] {
    return this.manager.available().sort((left, right) => left.title.localeCompare(right.title));
  }

  getItemText(command: RegisteredCommand): string {
    return command.title;
  }

  onChooseItem(command: RegisteredCommand): void {
    this.manager.executeCommandById(command.id);
  }
}

export class QuickSwitcher extends FuzzySuggestModal<O.TFile> {
  constructor(app: O.App) {
    super(app);
    this.setPlaceholder('Find a note…');
    this.setInstructions([
      { command: '↑↓', purpose: 'to navigate' },
      { command: '↵', purpose: 'to open' },
      { command: 'ctrl ↵', purpose: 'to open in new tab' },
      { command: 'esc', purpose: 'to dismiss' },
    ]);
  }

  /** Notes opened lately come first. */
  getItems(): O.TFile[] {
    const recent = this.app.workspace.getLastOpenFiles();
    const rank = ({ path }: O.TFile) => (recent.includes(path) ? recent.indexOf(path) : recent.length);
    return this.app.vault
      .getMarkdownFiles()
      .sort((left, right) => rank(left) - rank(right) || left.path.localeCompare(right.path));
  }

  getItemText(file: O.TFile): string {
    return file.path.replace(/\.md$/, '');
  }

  override renderSuggestion({ item, match }: O.FuzzyMatch<O.TFile>, element: HTMLElement): void {
    const folder = folderLabel(item.path);
    const title = element.createDiv('suggestion-title');
    renderMatches(title, item.basename, match.matches, folder === '' ? 0 : -(folder.length + 1));
    if (folder !== '') element.createDiv({ cls: 'suggestion-note', text: folder });
  }

  onChooseItem(file: O.TFile, event: MouseEvent | KeyboardEvent): void {
    void this.app.workspace.getLeaf(Keymap.isModEvent(event)).openFile(file);
  }
}
