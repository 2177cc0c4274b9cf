/** A window of its own for some leaves (obsidian.d.ts "class WorkspaceWindow"): a page of the browser that we draw on. */
import type * as O from 'obsidian';
import { makeElement } from '../dom/create';
import { addWindow, removeWindow, setActiveWindow, type PageWindow } from '../dom/windows';
import { WorkspaceSplit } from './items';

/** In CSS pixels, when nobody suggests a size. */
const usualSize = { width: 800, height: 700 };

export class WorkspaceWindow extends WorkspaceSplit implements O.WorkspaceWindow {
  readonly win: PageWindow;
  readonly doc: Document;

  /**
   * @param onClosed the user closed the window, or its last leaf went
   * @throws Error when the browser opens no window
   */
  constructor(
    private readonly onClosed: () => void,
    data: O.WorkspaceWindowInitData = {},
  ) {
    super('mod-root');
    const { width, height } = data.size ?? usualSize;
    const place = data.x === undefined || data.y === undefined ? '' : `,left=${data.x},top=${data.y}`;
    const opened = window.open('about:blank', '', `popup,width=${width},height=${height}${place}`);
    if (opened === null) throw new Error('The browser opened no window. Allow pop-ups for this page.');
    this.win = opened as PageWindow;
    this.doc = opened.document;
    this.furnish();
    addWindow(this.win);
    setActiveWindow(this.win);
    this.win.addEventListener('pagehide', () => this.end());
    window.addEventListener('pagehide', () => this.win.close());
  }

  close(): void {
    this.end();
    this.win.close();
  }

  setTitle(title: string): void {
    this.doc.title = title;
  }

  /** The look of the main window: its styles, which stay, and its theme, which may change. */
  private furnish(): void {
    const { doc } = this;
    doc.documentElement.lang = document.documentElement.lang;
    for (const style of document.querySelectorAll<HTMLElement>('link[rel="stylesheet"], style')) {
      const copy = doc.importNode(style, true);
      // A relative address would be one of about:blank.
      if (style instanceof HTMLLinkElement) copy.setAttribute('href', style.href);
      doc.head.appendChild(copy);
    }
    const follow = (): void => {
      doc.body.className = document.body.className;
      doc.body.classList.add('is-popout-window');
    };
    follow();
    const observer = new MutationObserver(follow);
    observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
    this.win.addEventListener('pagehide', () => observer.disconnect());
    const frame = makeElement('div', 'app-container');
    const main = frame.createDiv('horizontal-main-container');
    main.createDiv('workspace').appendChild(this.containerEl);
    doc.body.appendChild(frame);
  }

  private ended = false;

  private end(): void {
    if (this.ended) return;
    this.ended = true;
    removeWindow(this.win);
    this.onClosed();
  }
}
