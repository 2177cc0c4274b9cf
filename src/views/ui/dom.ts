import { setIcon, setTooltip, type IconName } from 'obsidian';
import type { Problem } from '../../base/problem';

interface ButtonOptions {
  readonly icon: IconName;
  /** The visible text when `text` is true, else the tooltip; in both cases the accessible name. */
  readonly label: string;
  readonly text?: boolean;
  readonly cls?: string;
  readonly onClick: (event: MouseEvent) => void;
}

/** A real button (focusable, Enter and Space work) with an icon. */
export function iconButton(parent: HTMLElement, options: ButtonOptions): HTMLButtonElement {
  const button = parent.createEl('button', {
    cls: ['labpath-button', ...(options.cls === undefined ? [] : [options.cls])],
    attr: { type: 'button' },
  });
  setIcon(button.createSpan({ cls: 'labpath-icon', attr: { 'aria-hidden': 'true' } }), options.icon);
  if (options.text === true) button.createSpan({ cls: 'labpath-button-text' });
  setButtonLabel(button, options.label);
  button.addEventListener('click', (event) => {
    event.preventDefault();
    event.stopPropagation();
    options.onClick(event);
  });
  return button;
}

/** Changes the name of an `iconButton`, wherever it shows. */
export function setButtonLabel(button: HTMLButtonElement, label: string): void {
  const text = button.querySelector('.labpath-button-text');
  if (text) text.textContent = label;
  else setTooltip(button, label);
}

/** An icon that decorates words beside it. */
export function icon(parent: HTMLElement, name: IconName, cls = ''): HTMLElement {
  const element = parent.createSpan({ cls: ['labpath-icon', ...(cls === '' ? [] : [cls])] });
  element.setAttribute('aria-hidden', 'true');
  setIcon(element, name);
  return element;
}

/** A problem in the place where the user looks: what happened, why, what to do next. */
export function showProblem(parent: HTMLElement, shown: Problem): HTMLElement {
  const box = parent.createDiv({ cls: 'labpath-problem', attr: { role: 'alert' } });
  icon(box, 'triangle-alert', 'labpath-problem-icon');
  const words = box.createDiv({ cls: 'labpath-problem-words' });
  words.createDiv({ cls: 'labpath-problem-what', text: shown.what });
  if (shown.why !== '') words.createDiv({ cls: 'labpath-problem-why', text: shown.why });
  if (shown.next !== '') words.createDiv({ cls: 'labpath-problem-next', text: shown.next });
  return box;
}
