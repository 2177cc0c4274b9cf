/** The small things Live Preview draws in the place of marks. */
import { type EditorView, WidgetType } from '@codemirror/view';
import { makeElement } from '../dom/create';

export class BulletWidget extends WidgetType {
  override eq(): boolean {
    return true;
  }

  toDOM(): HTMLElement {
    return makeElement('span', { cls: 'list-bullet', text: '•' });
  }
}

export class RuleWidget extends WidgetType {
  override eq(): boolean {
    return true;
  }

  toDOM(): HTMLElement {
    return makeElement('hr');
  }
}

/** The language of a code block, in place of its opening fence. */
export class LanguageWidget extends WidgetType {
  constructor(private readonly info: string) {
    super();
  }

  override eq(other: LanguageWidget): boolean {
    return other.info === this.info;
  }

  toDOM(): HTMLElement {
    const language = /^[^\s{]*/.exec(this.info)?.[0] ?? '';
    return makeElement('span', { cls: 'code-block-flair', text: language });
  }
}

/** `mark` is the character between the brackets of a task. */
export class CheckboxWidget extends WidgetType {
  constructor(private readonly mark: string) {
    super();
  }

  override eq(other: CheckboxWidget): boolean {
    return other.mark === this.mark;
  }

  toDOM(view: EditorView): HTMLElement {
    const box = makeElement('input', { cls: 'task-list-item-checkbox', type: 'checkbox' });
    box.checked = this.mark !== ' ';
    box.addEventListener('mousedown', (event) => event.preventDefault());
    box.addEventListener('click', (event) => {
      event.preventDefault();
      const at = view.posAtDOM(box);
      view.dispatch({ changes: { from: at + 1, to: at + 2, insert: this.mark === ' ' ? 'x' : ' ' } });
    });
    return box;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}
