/**
 * The windows of the app: the main one, where all code runs, and its pop-outs, which are pages without code of their own
 * (obsidian.d.ts "activeWindow", "WorkspaceWindow"). Elements are made in the main window and move with what they are
 * put into, so a pop-out holds elements of both kinds.
 */
export type PageWindow = Window & typeof globalThis;

const windows = new Set<PageWindow>();
const equipment: ((win: PageWindow) => void)[] = [];

/** Called for every window: those that are open, and those that will be. */
export function inEveryWindow(equip: (win: PageWindow) => void): void {
  equipment.push(equip);
  for (const win of windows) equip(win);
}

export function addWindow(win: PageWindow): void {
  windows.add(win);
  for (const equip of equipment) equip(win);
}

export function removeWindow(win: PageWindow): void {
  windows.delete(win);
  if (window.activeWindow === win) setActiveWindow(window);
}

/** The window the user is in. */
export function setActiveWindow(win: PageWindow): void {
  Object.assign(window, { activeWindow: win, activeDocument: win.document });
}

/** `instanceof`, whichever window's class made the object (obsidian.d.ts "instanceOf"). */
export function isInstance(value: object | null, type: { readonly name: string }): boolean {
  return [...windows].some((win) => {
    const own: unknown = Reflect.get(win, type.name);
    return typeof own === 'function' && value instanceof own;
  });
}

/** The element an event happened on, in whatever window. */
export function elementOf({ target }: Event): Element | null {
  return isInstance(target, Element) ? (target as Element) : null;
}
