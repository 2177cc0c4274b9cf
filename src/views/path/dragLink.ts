/** Makes an element that stands for a note one that can be dragged into another note: dropped there, it is a link. */
export function dragAsLink(element: HTMLElement, link: string): void {
  element.setAttribute('draggable', 'true');
  element.addEventListener('dragstart', (event) => event.dataTransfer?.setData('text/plain', link));
}
