/** Dialogs to choose from a list (obsidian.d.ts "class SuggestModal", "class FuzzySuggestModal"). */
import type * as O from 'obsidian';
import { makeElement } from '../dom/create';
import { prepareFuzzySearch, renderMatches, sortSearchResults } from './fuzzy';
import { Modal } from './modal';
import { SuggestionList } from './suggestionList';

export abstract class SuggestModal<T> extends Modal implements O.SuggestModal<T> {
  limit = 100;
  emptyStateText = 'No match found.';
  readonly inputEl: HTMLInputElement;
  readonly resultContainerEl: HTMLElement;
  private readonly list: SuggestionList<T>;
  private readonly instructionsEl: HTMLElement;

  constructor(app: O.App) {
    super(app);
    this.containerEl.addClass('mod-prompt');
    this.modalEl.className = 'prompt';
    this.modalEl.replaceChildren();
    const inputBox = this.modalEl.createDiv('prompt-input-container');
    this.inputEl = inputBox.createEl('input', {
      cls: 'prompt-input',
      type: 'text',
      attr: { autocapitalize: 'off', spellcheck: 'false', 'aria-autocomplete': 'list' },
    });
    this.resultContainerEl = this.modalEl.createDiv('prompt-results');
    this.instructionsEl = makeElement('div', 'prompt-instructions');
    this.list = new SuggestionList<T>(this.resultContainerEl, {
      render: (value, element) => this.renderSuggestion(value, element),
      choose: (value, event) => this.selectSuggestion(value, event),
    });
    this.inputEl.addEventListener('input', () => void this.refresh());
    this.list.registerKeys(this.scope);
  }

  abstract getSuggestions(query: string): T[] | Promise<T[]>;
  abstract renderSuggestion(value: T, element: HTMLElement): void;
  abstract onChooseSuggestion(item: T, event: MouseEvent | KeyboardEvent): void;

  override open(): void {
    super.open();
    this.inputEl.focus();
    void this.refresh();
  }

  setPlaceholder(placeholder: string): void {
    this.inputEl.placeholder = placeholder;
  }

  setInstructions(instructions: O.Instruction[]): void {
    this.instructionsEl.empty();
    for (const { command, purpose } of instructions) {
      const item = this.instructionsEl.createDiv('prompt-instruction');
      item.createSpan({ cls: 'prompt-instruction-command', text: command });
      item.createSpan({ text: purpose });
    }
    this.modalEl.appendChild(this.instructionsEl);
  }

  onNoSuggestion(): void {
    this.resultContainerEl.createDiv({ cls: 'suggestion-empty', text: this.emptyStateText });
  }

  /** Closes first and hands over afterwards, so that a callback may open the next dialog. */
  selectSuggestion(value: T, event: MouseEvent | KeyboardEvent): void {
    this.close();
    this.onChooseSuggestion(value, event);
  }

  selectActiveSuggestion(event: MouseEvent | KeyboardEvent): void {
    this.list.chooseActive(event);
  }

  private async refresh(): Promise<void> {
    const query = this.inputEl.value;
    const found = await this.getSuggestions(query);
    if (this.inputEl.value !== query) return;
    this.list.show(found.slice(0, this.limit));
    if (found.length === 0) this.onNoSuggestion();
  }
}

export abstract class FuzzySuggestModal<T>
  extends SuggestModal<O.FuzzyMatch<T>>
  implements O.FuzzySuggestModal<T>
{
  abstract getItems(): T[];
  abstract getItemText(item: T): string;
  abstract onChooseItem(item: T, event: MouseEvent | KeyboardEvent): void;

  getSuggestions(query: string): O.FuzzyMatch<T>[] {
    const items = this.getItems();
    if (query.trim() === '') return items.map((item) => ({ item, match: { score: 0, matches: [] } }));
    const search = prepareFuzzySearch(query);
    const found = items.flatMap((item) => {
      const match = search(this.getItemText(item));
      return match === null ? [] : [{ item, match }];
    });
    sortSearchResults(found);
    return found;
  }

  renderSuggestion({ item, match }: O.FuzzyMatch<T>, element: HTMLElement): void {
    renderMatches(element, this.getItemText(item), match.matches);
  }

  onChooseSuggestion({ item }: O.FuzzyMatch<T>, event: MouseEvent | KeyboardEvent): void {
    this.onChooseItem(item, event);
  }
}
