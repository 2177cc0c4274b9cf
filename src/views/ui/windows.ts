/** A window with the classes and registers that each window has of its own. */
interface OwnWindow extends Window {
  readonly CSS: typeof CSS;
  readonly Highlight: typeof Highlight;
  readonly ResizeObserver: typeof ResizeObserver;
  readonly IntersectionObserver: typeof IntersectionObserver;
}

/** The window an element stands in: the app's main one, or a pop-out. */
export function windowOf(element: HTMLElement): OwnWindow {
  return element.win as OwnWindow;
}
