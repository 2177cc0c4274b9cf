/** `> [!note] Title` and its kinds. */
import { makeElement } from '../dom/create';
import { setIcon } from '../icons/icons';

interface Kind {
  readonly colour: string;
  readonly icon: string;
}

const kinds: readonly { readonly names: readonly string[]; readonly kind: Kind }[] = [
  { names: ['note'], kind: { colour: '--color-blue', icon: 'pencil' } },
  { names: ['abstract', 'summary', 'tldr'], kind: { colour: '--color-cyan', icon: 'clipboard-list' } },
  { names: ['info'], kind: { colour: '--color-blue', icon: 'info' } },
  { names: ['todo'], kind: { colour: '--color-blue', icon: 'check-circle' } },
  { names: ['tip', 'hint', 'important'], kind: { colour: '--color-cyan', icon: 'flame' } },
  { names: ['success', 'check', 'done'], kind: { colour: '--color-green', icon: 'check' } },
  { names: ['question', 'help', 'faq'], kind: { colour: '--color-orange', icon: 'help-circle' } },
  { names: ['warning', 'caution', 'attention'], kind: { colour: '--color-orange', icon: 'triangle-alert' } },
  { names: ['failure', 'fail', 'missing'], kind: { colour: '--color-red', icon: 'x' } },
  { names: ['danger', 'error'], kind: { colour: '--color-red', icon: 'zap' } },
  { names: ['bug'], kind: { colour: '--color-red', icon: 'bug' } },
  { names: ['example'], kind: { colour: '--color-purple', icon: 'list' } },
  { names: ['quote', 'cite'], kind: { colour: '--color-base-60', icon: 'quote' } },
];

function kindOf(type: string): Kind {
  const found = kinds.find(({ names }) => names.includes(type.trim().toLowerCase()));
  return found?.kind ?? { colour: '--color-blue', icon: 'pencil' };
}

/** The CSS variable that colours callouts of this type. */
export function calloutColour(type: string): string {
  return kindOf(type).colour;
}

/** Turns blockquotes that begin with `[!type]` into callouts, as the Reading view shows them. */
export function renderCallouts(root: HTMLElement): void {
  for (const quote of root.findAll('blockquote')) {
    const first = quote.firstElementChild;
    const match = /^\[!([^\]]+)\]([+-]?)[ \t]*/.exec(first?.textContent ?? '');
    if (first !== null && match !== null) renderCallout(quote, first, match);
  }
}

function renderCallout(quote: HTMLElement, first: Element, match: RegExpExecArray): void {
  const [whole, type = '', fold = ''] = match;
  const { colour, icon } = kindOf(type);
  const callout = makeElement('div', {
    cls: 'callout',
    attr: { 'data-callout': type.toLowerCase(), 'data-callout-fold': fold },
  });
  callout.setCssProps({ '--callout-color': `var(${colour})` });
  const title = callout.createDiv('callout-title');
  setIcon(title.createDiv('callout-icon'), icon);
  const titleText = title.createDiv('callout-title-inner');
  const content = callout.createDiv('callout-content');
  removeLeadingText(first, whole.length);
  moveUntilBreak(first, titleText);
  if (titleText.textContent === '') titleText.setText(type.charAt(0).toUpperCase() + type.slice(1));
  if (first.childNodes.length === 0) first.remove();
  content.append(...quote.childNodes);
  if (content.childNodes.length === 0 || content.textContent.trim() === '') content.remove();
  if (fold !== '') makeFoldable(callout, title, content, fold === '-');
  quote.replaceWith(callout);
}

function makeFoldable(
  callout: HTMLElement,
  title: HTMLElement,
  content: HTMLElement,
  isFolded: boolean,
): void {
  const arrow = title.createDiv('callout-fold');
  setIcon(arrow, 'chevron-down');
  callout.addClass('is-collapsible');
  title.setAttrs({ role: 'button', tabindex: 0 });
  const show = (folded: boolean) => {
    callout.toggleClass('is-collapsed', folded);
    title.setAttribute('aria-expanded', String(!folded));
    content.toggle(!folded);
  };
  title.addEventListener('click', () => show(!callout.hasClass('is-collapsed')));
  title.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') show(!callout.hasClass('is-collapsed'));
  });
  show(isFolded);
}

function removeLeadingText(element: Element, length: number): void {
  let left = length;
  while (left > 0 && element.firstChild !== null) {
    const node = element.firstChild;
    const text = node.textContent ?? '';
    if (text.length > left) {
      node.textContent = text.slice(left);
      return;
    }
    left -= text.length;
    node.remove();
  }
}

/** The title is the rest of the first line. */
function moveUntilBreak(from: Element, to: Element): void {
  while (from.firstChild !== null) {
    const node = from.firstChild;
    if (node instanceof HTMLBRElement) {
      node.remove();
      return;
    }
    to.appendChild(node);
  }
}
