/** Short messages at the top right (obsidian.d.ts "class Notice"). */
import type * as O from 'obsidian';
import { makeElement, setText } from '../dom/create';

const defaultMs = 4000;

export class Notice implements O.Notice {
  readonly containerEl: HTMLElement;
  readonly messageEl: HTMLElement;
  private readonly box: HTMLElement;

  /** `duration` in ms; 0 keeps the notice until it is clicked. */
  constructor(message: string | DocumentFragment, duration = defaultMs) {
    this.containerEl = container();
    this.box = makeElement('div', { cls: 'notice', parent: this.containerEl, attr: { role: 'status' } });
    this.messageEl = this.box.createDiv({ cls: 'notice-message', text: message });
    this.box.addEventListener('click', () => this.hide());
    if (duration > 0) window.setTimeout(() => this.hide(), duration);
  }

  get noticeEl(): HTMLElement {
    return this.box;
  }

  setMessage(message: string | DocumentFragment): this {
    setText(this.messageEl, message);
    return this;
  }

  hide(): void {
    this.box.remove();
  }
}

function container(): HTMLElement {
  const found = activeDocument.querySelector<HTMLElement>('.notice-container');
  return found ?? makeElement('div', { cls: 'notice-container', parent: activeDocument.body });
}
