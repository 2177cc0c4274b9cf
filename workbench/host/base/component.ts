/** Obsidian's `Component` (obsidian.d.ts "class Component"): a tree of things that load and unload together. */
import type * as O from 'obsidian';
import { forget } from './events';

type DomListener = (event: Event) => unknown;

/**
 * Unloading goes against the order of registering: first the children, last added first; then what `register…` was
 * told, last first; then `onunload`.
 */
export class Component implements O.Component {
  private isLoaded = false;
  private readonly children: O.Component[] = [];
  private readonly undoings: (() => unknown)[] = [];

  /** Settles once an asynchronous `onload` is done; children load after it. */
  loading: Promise<void> = Promise.resolve();

  load(): void {
    if (this.isLoaded) return;
    this.isLoaded = true;
    // Plugins declare `async onload()`, which the type of Component does not show.
    const done = this.onload() as void | Promise<void>;
    if (done instanceof Promise) this.loading = done.then(() => this.loadChildren());
    else this.loadChildren();
  }

  onload(): void {
    // For subclasses.
  }

  unload(): void {
    if (!this.isLoaded) return;
    this.isLoaded = false;
    while (this.children.length > 0) this.children.pop()?.unload();
    while (this.undoings.length > 0) this.undoings.pop()?.();
    this.onunload();
  }

  onunload(): void {
    // For subclasses.
  }

  addChild<T extends O.Component>(component: T): T {
    this.children.push(component);
    if (this.isLoaded) component.load();
    return component;
  }

  removeChild<T extends O.Component>(component: T): T {
    const index = this.children.indexOf(component);
    if (index >= 0) {
      this.children.splice(index, 1);
      component.unload();
    }
    return component;
  }

  register(undo: () => unknown): void {
    this.undoings.push(undo);
  }

  registerEvent(ref: O.EventRef): void {
    this.register(() => forget(ref));
  }

  registerDomEvent(
    target: Window | Document | HTMLElement,
    type: string,
    callback: unknown,
    options?: boolean | AddEventListenerOptions,
  ): void {
    const listener = callback as DomListener;
    target.addEventListener(type, listener, options);
    this.register(() => target.removeEventListener(type, listener, options));
  }

  registerInterval(id: number): number {
    this.register(() => window.clearInterval(id));
    return id;
  }

  private loadChildren(): void {
    for (const child of [...this.children]) child.load();
  }
}
