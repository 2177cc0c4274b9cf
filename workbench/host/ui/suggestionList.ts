/** A list to choose from with keys or mouse; shared by dialogs and by suggestions below a field. */
import type { Scope } from './keymap';

export interface SuggestionOwner<T> {
  render(value: T, element: HTMLElement): void;
  choose(value: T, event: MouseEvent | KeyboardEvent): void;
}

export class SuggestionList<T> {
  private values: readonly T[] = [];
  private elements: HTMLElement[] = [];
  private active = 0;

  constructor(
    private readonly containerEl: HTMLElement,
    private readonly owner: SuggestionOwner<T>,
  ) {
    containerEl.setAttribute('role', 'listbox');
  }

  show(values: readonly T[]): void {
    this.containerEl.empty();
    this.values = values;
    this.elements = values.map((value, index) => {
      const element = this.containerEl.createDiv({ cls: 'suggestion-item', attr: { role: 'option' } });
      this.owner.render(value, element);
      element.addEventListener('mousemove', () => this.activate(index));
      element.addEventListener('click', (event) => this.owner.choose(value, event));
      return element;
    });
    this.activate(0);
  }

  registerKeys(scope: Scope): void {
    scope.register([], 'ArrowDown', () => this.move(1));
    scope.register([], 'ArrowUp', () => this.move(-1));
    scope.register(null, 'Enter', (event) => {
      if (event.isComposing) return true;
      this.chooseActive(event);
      return false;
    });
  }

  chooseActive(event: MouseEvent | KeyboardEvent): void {
    const value = this.values[this.active];
    if (value !== undefined) this.owner.choose(value, event);
  }

  private move(step: number): false {
    const count = this.elements.length;
    if (count > 0) this.activate((this.active + step + count) % count);
    this.elements[this.active]?.scrollIntoView({ block: 'nearest' });
    return false;
  }

  private activate(index: number): void {
    this.active = index;
    for (const [at, element] of this.elements.entries()) {
      element.toggleClass('is-selected', at === index);
      element.setAttribute('aria-selected', String(at === index));
    }
  }
}
