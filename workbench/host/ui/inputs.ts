/** Fields to type in or choose from (obsidian.d.ts "class TextComponent", "DropdownComponent", "SliderComponent" …). */
import type * as O from 'obsidian';
import { makeElement } from '../dom/create';
import { setIcon } from '../icons/icons';
import { ValueComponent } from './baseComponents';

export class AbstractTextComponent<T extends HTMLInputElement | HTMLTextAreaElement>
  extends ValueComponent<string>
  implements O.AbstractTextComponent<T>
{
  private changed: ((value: string) => unknown) | null = null;

  constructor(readonly inputEl: T) {
    super();
    inputEl.addEventListener('input', () => this.onChanged());
  }

  override setDisabled(disabled: boolean): this {
    this.inputEl.disabled = disabled;
    return super.setDisabled(disabled);
  }

  getValue(): string {
    return this.inputEl.value;
  }

  setValue(value: string): this {
    this.inputEl.value = value;
    return this;
  }

  setPlaceholder(placeholder: string): this {
    this.inputEl.placeholder = placeholder;
    return this;
  }

  onChanged(): void {
    this.changed?.(this.getValue());
  }

  onChange(callback: (value: string) => unknown): this {
    this.changed = callback;
    return this;
  }
}

export class TextComponent extends AbstractTextComponent<HTMLInputElement> implements O.TextComponent {
  constructor(containerEl: HTMLElement) {
    super(makeElement('input', { type: 'text', parent: containerEl, attr: { spellcheck: 'false' } }));
  }
}

export class TextAreaComponent
  extends AbstractTextComponent<HTMLTextAreaElement>
  implements O.TextAreaComponent
{
  constructor(containerEl: HTMLElement) {
    super(makeElement('textarea', { parent: containerEl, attr: { spellcheck: 'false' } }));
  }
}

export class SearchComponent extends AbstractTextComponent<HTMLInputElement> implements O.SearchComponent {
  readonly clearButtonEl: HTMLElement;

  constructor(containerEl: HTMLElement) {
    const box = makeElement('div', { cls: 'search-input-container', parent: containerEl });
    super(makeElement('input', { type: 'search', parent: box, attr: { enterkeyhint: 'search' } }));
    this.clearButtonEl = makeElement('div', { cls: 'search-input-clear-button', parent: box });
    this.clearButtonEl.setAttribute('aria-label', 'Clear search');
    setIcon(this.clearButtonEl, 'x');
    this.clearButtonEl.hide();
    this.clearButtonEl.addEventListener('click', () => {
      this.setValue('');
      this.onChanged();
      this.inputEl.focus();
    });
  }

  override onChanged(): void {
    this.clearButtonEl.toggle(this.getValue() !== '');
    super.onChanged();
  }
}

export class DropdownComponent extends ValueComponent<string> implements O.DropdownComponent {
  readonly selectEl: HTMLSelectElement;

  constructor(containerEl: HTMLElement) {
    super();
    this.selectEl = makeElement('select', { cls: 'dropdown', parent: containerEl });
  }

  override setDisabled(disabled: boolean): this {
    this.selectEl.disabled = disabled;
    return super.setDisabled(disabled);
  }

  addOption(value: string, display: string): this {
    this.selectEl.createEl('option', { value, text: display });
    return this;
  }

  addOptions(options: Record<string, string>): this {
    for (const [value, display] of Object.entries(options)) this.addOption(value, display);
    return this;
  }

  getValue(): string {
    return this.selectEl.value;
  }

  setValue(value: string): this {
    this.selectEl.value = value;
    return this;
  }

  onChange(callback: (value: string) => unknown): this {
    this.selectEl.addEventListener('change', () => void callback(this.getValue()));
    return this;
  }
}

export class SliderComponent extends ValueComponent<number> implements O.SliderComponent {
  readonly sliderEl: HTMLInputElement;
  private readonly valueEl: HTMLElement;
  private eventName: 'change' | 'input' = 'change';
  private format = String;

  constructor(containerEl: HTMLElement) {
    super();
    this.valueEl = makeElement('span', { cls: 'slider-value', parent: containerEl });
    this.sliderEl = makeElement('input', { cls: 'slider', type: 'range', parent: containerEl });
    this.sliderEl.addEventListener('input', () => this.showValue());
  }

  override setDisabled(disabled: boolean): this {
    this.sliderEl.disabled = disabled;
    return super.setDisabled(disabled);
  }

  setInstant(instant: boolean): this {
    this.eventName = instant ? 'input' : 'change';
    return this;
  }

  setLimits(min: number | null, max: number | null, step: number | 'any'): this {
    if (min !== null) this.sliderEl.min = String(min);
    if (max !== null) this.sliderEl.max = String(max);
    this.sliderEl.step = String(step);
    return this;
  }

  getValue(): number {
    return this.sliderEl.valueAsNumber;
  }

  setValue(value: number): this {
    this.sliderEl.value = String(value);
    this.showValue();
    return this;
  }

  getValuePretty(): string {
    return this.format(this.getValue());
  }

  setDisplayFormat(format: (value: number) => string): this {
    this.format = format as typeof String;
    this.showValue();
    return this;
  }

  setDynamicTooltip(): this {
    return this;
  }

  onChange(callback: (value: number) => unknown): this {
    this.sliderEl.addEventListener(this.eventName, () => void callback(this.getValue()));
    return this;
  }

  private showValue(): void {
    this.valueEl.setText(this.getValuePretty());
  }
}

export class ProgressBarComponent extends ValueComponent<number> implements O.ProgressBarComponent {
  private readonly barEl: HTMLProgressElement;

  constructor(containerEl: HTMLElement) {
    super();
    this.barEl = makeElement('progress', { parent: containerEl, attr: { max: 100 } });
  }

  getValue(): number {
    return this.barEl.value;
  }

  /** `value` is a percentage. */
  setValue(value: number): this {
    this.barEl.value = value;
    return this;
  }
}

export class ColorComponent extends ValueComponent<string> implements O.ColorComponent {
  private readonly inputEl: HTMLInputElement;

  constructor(containerEl: HTMLElement) {
    super();
    this.inputEl = makeElement('input', { type: 'color', parent: containerEl });
  }

  override setDisabled(disabled: boolean): this {
    this.inputEl.disabled = disabled;
    return super.setDisabled(disabled);
  }

  getValue(): O.HexString {
    return this.inputEl.value;
  }

  getValueRgb(): O.RGB {
    const number = parseInt(this.inputEl.value.slice(1), 16);
    return { r: number >> 16, g: (number >> 8) & 255, b: number & 255 };
  }

  getValueHsl(): O.HSL {
    const { r, g, b } = this.getValueRgb();
    const [red, green, blue] = [r / 255, g / 255, b / 255];
    const max = Math.max(red, green, blue);
    const min = Math.min(red, green, blue);
    const spread = max - min;
    const l = (max + min) / 2;
    if (spread === 0) return { h: 0, s: 0, l: Math.round(l * 100) };
    const sector =
      max === red
        ? (green - blue) / spread
        : max === green
          ? 2 + (blue - red) / spread
          : 4 + (red - green) / spread;
    const s = spread / (1 - Math.abs(2 * l - 1));
    return { h: Math.round((sector * 60 + 360) % 360), s: Math.round(s * 100), l: Math.round(l * 100) };
  }

  setValue(value: O.HexString): this {
    this.inputEl.value = value;
    return this;
  }

  setValueRgb({ r, g, b }: O.RGB): this {
    return this.setValue(`#${[r, g, b].map((part) => part.toString(16).padStart(2, '0')).join('')}`);
  }

  setValueHsl({ h, s, l }: O.HSL): this {
    const lightness = l / 100;
    const reach = (s / 100) * Math.min(lightness, 1 - lightness);
    const channel = (n: number) => {
      const k = (n + h / 30) % 12;
      return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
    };
    return this.setValueRgb({ r: channel(0), g: channel(8), b: channel(4) });
  }

  onChange(callback: (value: string) => unknown): this {
    this.inputEl.addEventListener('change', () => void callback(this.getValue()));
    return this;
  }
}
