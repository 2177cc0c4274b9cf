/** Buttons and toggles (obsidian.d.ts "class ButtonComponent", "ExtraButtonComponent", "ToggleComponent"). */
import type * as O from 'obsidian';
import { makeElement } from '../dom/create';
import { setIcon } from '../icons/icons';
import { BaseComponent, ValueComponent } from './baseComponents';
import { setTooltip } from './tooltip';

export class ButtonComponent extends BaseComponent implements O.ButtonComponent {
  readonly buttonEl: HTMLButtonElement;
  private clicked: ((event: MouseEvent) => unknown) | null = null;

  constructor(containerEl: HTMLElement) {
    super();
    this.buttonEl = makeElement('button', { parent: containerEl, type: 'button' });
    this.buttonEl.addEventListener('click', (event) => void this.run(event));
  }

  override setDisabled(disabled: boolean): this {
    this.buttonEl.disabled = disabled;
    return super.setDisabled(disabled);
  }

  setCta(): this {
    this.buttonEl.addClass('mod-cta');
    return this;
  }

  removeCta(): this {
    this.buttonEl.removeClass('mod-cta');
    return this;
  }

  setWarning(): this {
    return this.setDestructive();
  }

  setDestructive(): this {
    this.buttonEl.addClass('mod-warning');
    return this;
  }

  removeDestructive(): this {
    this.buttonEl.removeClass('mod-warning');
    return this;
  }

  setTooltip(tooltip: string, options?: O.TooltipOptions): this {
    setTooltip(this.buttonEl, tooltip, options);
    return this;
  }

  setButtonText(name: string): this {
    this.buttonEl.setText(name);
    return this;
  }

  setIcon(icon: O.IconName): this {
    setIcon(this.buttonEl, icon);
    return this;
  }

  setClass(cls: string): this {
    this.buttonEl.addClass(cls);
    return this;
  }

  onClick(callback: (event: MouseEvent) => unknown): this {
    this.clicked = callback;
    return this;
  }

  /** Since 1.13 a button waits for the promise of its handler, and cannot be clicked meanwhile. */
  private async run(event: MouseEvent): Promise<void> {
    const result = this.clicked?.(event);
    if (!(result instanceof Promise)) return;
    this.buttonEl.addClass('is-loading');
    try {
      await result;
    } finally {
      this.buttonEl.removeClass('is-loading');
    }
  }
}

export class ExtraButtonComponent extends BaseComponent implements O.ExtraButtonComponent {
  readonly extraSettingsEl: HTMLElement;

  constructor(containerEl: HTMLElement) {
    super();
    this.extraSettingsEl = makeElement('div', {
      cls: 'clickable-icon extra-setting-button',
      parent: containerEl,
      attr: { role: 'button', tabindex: 0 },
    });
  }

  override setDisabled(disabled: boolean): this {
    this.extraSettingsEl.toggleClass('is-disabled', disabled);
    return super.setDisabled(disabled);
  }

  setTooltip(tooltip: string, options?: O.TooltipOptions): this {
    setTooltip(this.extraSettingsEl, tooltip, options);
    return this;
  }

  setIcon(icon: O.IconName): this {
    setIcon(this.extraSettingsEl, icon);
    return this;
  }

  onClick(callback: () => unknown): this {
    const run = () => {
      if (!this.disabled) callback();
    };
    this.extraSettingsEl.addEventListener('click', run);
    this.extraSettingsEl.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') run();
    });
    return this;
  }
}

export class ToggleComponent extends ValueComponent<boolean> implements O.ToggleComponent {
  readonly toggleEl: HTMLElement;
  private readonly inputEl: HTMLInputElement;
  private changed: ((value: boolean) => unknown) | null = null;

  constructor(containerEl: HTMLElement) {
    super();
    this.toggleEl = makeElement('div', { cls: 'checkbox-container', parent: containerEl });
    this.inputEl = makeElement('input', {
      type: 'checkbox',
      parent: this.toggleEl,
      attr: { role: 'switch' },
    });
    this.toggleEl.addEventListener('click', (event) => {
      event.preventDefault();
      this.onClick();
    });
    this.inputEl.addEventListener('keydown', (event) => {
      if (event.key === ' ' || event.key === 'Enter') this.onClick();
    });
  }

  override setDisabled(disabled: boolean): this {
    this.toggleEl.toggleClass('is-disabled', disabled);
    this.inputEl.disabled = disabled;
    return super.setDisabled(disabled);
  }

  getValue(): boolean {
    return this.toggleEl.hasClass('is-enabled');
  }

  setValue(on: boolean): this {
    this.toggleEl.toggleClass('is-enabled', on);
    this.inputEl.checked = on;
    return this;
  }

  setTooltip(tooltip: string, options?: O.TooltipOptions): this {
    setTooltip(this.toggleEl, tooltip, options);
    return this;
  }

  onClick(): void {
    if (this.disabled) return;
    this.setValue(!this.getValue());
    this.changed?.(this.getValue());
  }

  onChange(callback: (value: boolean) => unknown): this {
    this.changed = callback;
    return this;
  }
}
