let ids = 0;

/** An id that nothing else on the page has. */
export function freshId(): string {
  return `labpath-id-${++ids}`;
}

/**
 * Names an element for assistive technology; gives the way to change the name. Not by `aria-label`: Obsidian shows
 * each of those as a tooltip, which suits a button and not a region. The words stand, out of sight, in `holder`.
 */
export function nameElement(
  element: HTMLElement,
  name: string,
  holder: HTMLElement = element,
): (name: string) => void {
  const words = holder.createSpan({ cls: 'labpath-visually-hidden', text: name, attr: { id: freshId() } });
  nameBy(element, words);
  return (changed) => words.setText(changed);
}

/** Names an element by another one whose text is its name. */
export function nameBy(element: HTMLElement, words: HTMLElement): void {
  if (words.id === '') words.id = freshId();
  element.setAttribute('aria-labelledby', words.id);
}
