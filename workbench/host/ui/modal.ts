/** Dialogs (obsidian.d.ts "class Modal", "class ConfirmationModal"). */
import type * as O from 'obsidian';
import { makeElement, setText } from '../dom/create';
import { isInstance } from '../dom/windows';
import { setIcon } from '../icons/icons';
import { ButtonComponent } from './buttons';
import { Scope } from './keymap';

export class Modal implements O.Modal {
  readonly scope = new Scope();
  readonly containerEl = makeElement('div', 'modal-container mod-dim');
  readonly modalEl: HTMLElement;
  readonly titleEl: HTMLElement;
  readonly contentEl: HTMLElement;
  shouldRestoreSelection = true;
  private closeCallback: (() => unknown) | null = null;
  private focusedBefore: Element | null = null;
  private isOpen = false;

  constructor(readonly app: O.App) {
    const background = this.containerEl.createDiv('modal-bg');
    background.addEventListener('click', () => this.close());
    this.modalEl = this.containerEl.createDiv({
      cls: 'modal',
      attr: { role: 'dialog', 'aria-modal': 'true' },
    });
    const closeButton = this.modalEl.createDiv({
      cls: 'modal-close-button',
      attr: { role: 'button', tabindex: 0, 'aria-label': 'Close', 'data-tooltip-position': 'none' },
    });
    setIcon(closeButton, 'x');
    closeButton.addEventListener('click', () => this.close());
    this.titleEl = this.modalEl.createDiv('modal-header').createDiv('modal-title');
    this.contentEl = this.modalEl.createDiv('modal-content');
    this.scope.register([], 'Escape', () => {
      this.close();
      return false;
    });
  }

  open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.focusedBefore = activeDocument.activeElement;
    this.app.keymap.pushScope(this.scope);
    activeDocument.body.appendChild(this.containerEl);
    this.modalEl.tabIndex = -1;
    this.modalEl.focus();
    void this.onOpen();
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.app.keymap.popScope(this.scope);
    this.containerEl.remove();
    this.onClose();
    this.closeCallback?.();
    const before = this.focusedBefore;
    if (this.shouldRestoreSelection && isInstance(before, HTMLElement)) (before as HTMLElement).focus();
  }

  onOpen(): Promise<void> | void {
    // For subclasses.
  }

  onClose(): void {
    // For subclasses.
  }

  setTitle(title: string): this {
    setText(this.titleEl, title);
    return this;
  }

  setContent(content: string | DocumentFragment): this {
    setText(this.contentEl, content);
    return this;
  }

  setCloseCallback(callback: () => unknown): this {
    this.closeCallback = callback;
    return this;
  }

  // What the app's back gesture does on a phone.
  onHistoryBack(): void {
    this.close();
  }
}

/** Closes once the handler of a button has settled, unless the handler returned true. */
class ConfirmationButton extends ButtonComponent implements O.ConfirmationButton {
  constructor(
    containerEl: HTMLElement,
    private readonly modal: Modal,
  ) {
    super(containerEl);
  }

  override onClick(handler: (event: MouseEvent) => unknown): this {
    return super.onClick(async (event) => {
      const keepsOpen = await handler(event);
      if (keepsOpen !== true) this.modal.close();
    });
  }

  setInitialFocus(): this {
    window.requestAnimationFrame(() => this.buttonEl.focus());
    return this;
  }

  setSecondary(): this {
    this.buttonEl.addClass('mod-secondary');
    return this;
  }

  setCancel(): this {
    this.buttonEl.addClass('mod-cancel');
    return this.onClick(() => undefined);
  }
}

/** obsidian.d.ts "class ConfirmationModal" (since 1.13). */
export class ConfirmationModal extends Modal implements O.ConfirmationModal {
  readonly buttonContainerEl: HTMLElement;

  constructor(app: O.App) {
    super(app);
    this.modalEl.addClass('mod-confirmation');
    this.buttonContainerEl = this.modalEl.createDiv('modal-button-container');
  }

  addClass(cls: string): this {
    this.modalEl.addClass(cls);
    return this;
  }

  addCheckbox(label: string, callback: (value: boolean) => unknown): this {
    const row = makeElement('label', { cls: 'mod-checkbox' });
    const box = row.createEl('input', { type: 'checkbox' });
    row.appendText(label);
    box.addEventListener('change', () => void callback(box.checked));
    this.buttonContainerEl.prepend(row);
    return this;
  }

  addButton(callback: (button: O.ConfirmationButton) => unknown): this {
    const button: Omit<O.ConfirmationButton, never> = new ConfirmationButton(this.buttonContainerEl, this);
    callback(button);
    return this;
  }

  addCancelButton(text = 'Cancel'): this {
    return this.addButton((button) => button.setButtonText(text).setCancel());
  }
}
