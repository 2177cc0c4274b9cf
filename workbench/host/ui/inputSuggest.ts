/** Suggestions below a field (obsidian.d.ts "class PopoverSuggest", "class AbstractInputSuggest"). */
import type * as O from 'obsidian';
import type { Public } from '../base/types';
import { makeElement } from '../dom/create';
import { Scope } from './keymap';
import { SuggestionList } from './suggestionList';

export abstract class PopoverSuggest<T> implements O.PopoverSuggest<T> {
  readonly scope: Scope;
  protected readonly popoverEl = makeElement('div', 'suggestion-container');
  protected readonly list: SuggestionList<T>;
  private isOpen = false;

  constructor(
    readonly app: O.App,
    scope?: O.Scope,
  ) {
    this.scope = scope instanceof Scope ? scope : new Scope();
    this.list = new SuggestionList<T>(this.popoverEl.createDiv('suggestion'), {
      render: (value, element) => this.renderSuggestion(value, element),
      choose: (value, event) => this.selectSuggestion(value, event),
    });
    this.list.registerKeys(this.scope);
    this.scope.register([], 'Escape', () => {
      this.close();
      return false;
    });
  }

  abstract renderSuggestion(value: T, element: HTMLElement): void;
  abstract selectSuggestion(value: T, event: MouseEvent | KeyboardEvent): void;

  open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.app.keymap.pushScope(this.scope);
    activeDocument.body.appendChild(this.popoverEl);
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.app.keymap.popScope(this.scope);
    this.popoverEl.remove();
  }

  onHistoryBack(): void {
    this.close();
  }
}

export abstract class AbstractInputSuggest<T>
  extends PopoverSuggest<T>
  implements Omit<Public<O.AbstractInputSuggest<T>>, 'onSelect'>
{
  limit = 100;
  private chosen: ((value: T, event: MouseEvent | KeyboardEvent) => unknown) | null = null;

  constructor(
    app: O.App,
    private readonly textInputEl: HTMLInputElement | HTMLDivElement,
  ) {
    super(app);
    textInputEl.addEventListener('input', () => void this.refresh());
    textInputEl.addEventListener('focus', () => void this.refresh());
    textInputEl.addEventListener('blur', () => this.close());
    // Choosing with the mouse must not take the focus, which would close the list first.
    this.popoverEl.addEventListener('mousedown', (event) => event.preventDefault());
  }

  protected abstract getSuggestions(query: string): T[] | Promise<T[]>;

  setValue(value: string): void {
    if (this.textInputEl instanceof HTMLInputElement) this.textInputEl.value = value;
    else this.textInputEl.setText(value);
  }

  getValue(): string {
    return this.textInputEl instanceof HTMLInputElement ? this.textInputEl.value : this.textInputEl.getText();
  }

  selectSuggestion(value: T, event: MouseEvent | KeyboardEvent): void {
    this.chosen?.(value, event);
  }

  onSelect(callback: (value: T, event: MouseEvent | KeyboardEvent) => unknown): this {
    this.chosen = callback;
    return this;
  }

  private async refresh(): Promise<void> {
    const found = await this.getSuggestions(this.getValue());
    if (found.length === 0) return this.close();
    this.list.show(this.limit > 0 ? found.slice(0, this.limit) : found);
    const { left, bottom, width } = this.textInputEl.getBoundingClientRect();
    this.popoverEl.setCssProps({
      '--popover-x': `${left}px`,
      '--popover-y': `${bottom + 4}px`,
      '--popover-width': `${width}px`,
    });
    this.open();
  }
}
