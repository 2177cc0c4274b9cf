import type { Direction } from './walk';

/** What the keys do in the picture of a path. */
export interface KeyActions {
  walk(direction: Direction): void;
  /** As a click on the focused node. */
  choose(): void;
  details(): void;
  menu(): void;
  next(): void;
  search(): void;
  zoom(direction: 'in' | 'out'): void;
  fit(): void;
  close(): void;
}

/** Does what a key means, if it means anything here. */
export function onPathKey(event: KeyboardEvent, actions: KeyActions): void {
  const act = meaningOf(event.key, actions);
  if (!act) return;
  event.preventDefault();
  act();
}

function meaningOf(key: string, actions: KeyActions): (() => void) | null {
  switch (key) {
    case 'ArrowLeft':
      return () => actions.walk('left');
    case 'ArrowRight':
      return () => actions.walk('right');
    case 'ArrowUp':
      return () => actions.walk('up');
    case 'ArrowDown':
      return () => actions.walk('down');
    case 'Enter':
      return () => actions.choose();
    case ' ':
      return () => actions.details();
    case 'm':
    case 'ContextMenu':
      return () => actions.menu();
    case 'n':
      return () => actions.next();
    case '/':
      return () => actions.search();
    case '+':
    case '=':
      return () => actions.zoom('in');
    case '-':
      return () => actions.zoom('out');
    case '0':
      return () => actions.fit();
    case 'Escape':
      return () => actions.close();
    default:
      return null;
  }
}
