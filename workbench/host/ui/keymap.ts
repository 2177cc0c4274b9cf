/** Keys (obsidian.d.ts "class Keymap", "class Scope"): the scope pushed last hears first. */
import type * as O from 'obsidian';
import { inEveryWindow } from '../dom/windows';

const isMac = navigator.userAgent.includes('Macintosh');

export class Scope implements O.Scope {
  readonly handlers: O.KeymapEventHandler[] = [];
  private readonly listeners = new Map<O.KeymapEventHandler, O.KeymapEventListener>();

  constructor(readonly parent?: Scope) {}

  register(
    modifiers: O.Modifier[] | null,
    key: string | null,
    listener: O.KeymapEventListener,
  ): O.KeymapEventHandler {
    const handler = { scope: this, modifiers: modifiers === null ? null : compiled(modifiers), key };
    this.handlers.push(handler);
    this.listeners.set(handler, listener);
    return handler;
  }

  unregister(handler: O.KeymapEventHandler): void {
    const index = this.handlers.indexOf(handler);
    if (index >= 0) this.handlers.splice(index, 1);
    this.listeners.delete(handler);
  }

  /** True when a listener took the key by returning false; its default is then prevented. */
  handle(event: KeyboardEvent): boolean {
    const modifiers = pressed(event);
    for (const handler of this.handlers) {
      const sameModifiers = handler.modifiers === null || handler.modifiers === modifiers;
      const sameKey = handler.key === null || handler.key.toLowerCase() === event.key.toLowerCase();
      if (!sameModifiers || !sameKey) continue;
      const taken: unknown = this.listeners.get(handler)?.(event, {
        modifiers,
        key: event.key,
        vkey: event.key,
      });
      if (taken === false) {
        event.preventDefault();
        event.stopPropagation();
        return true;
      }
    }
    return this.parent?.handle(event) ?? false;
  }
}

export class Keymap implements O.Keymap {
  private readonly scopes: Scope[] = [];

  /** Hears what no dialog took. */
  root = new Scope();

  constructor() {
    inEveryWindow((win) => {
      win.addEventListener('keydown', (event) => this.onKey(event), { capture: true });
    });
  }

  pushScope(scope: O.Scope): void {
    if (scope instanceof Scope) this.scopes.push(scope);
  }

  popScope(scope: O.Scope): void {
    const index = scope instanceof Scope ? this.scopes.lastIndexOf(scope) : -1;
    if (index >= 0) this.scopes.splice(index, 1);
  }

  static isModifier(event: MouseEvent | TouchEvent | KeyboardEvent, modifier: O.Modifier): boolean {
    switch (modifier) {
      case 'Mod':
        return isMac ? event.metaKey : event.ctrlKey;
      case 'Ctrl':
        return event.ctrlKey;
      case 'Meta':
        return event.metaKey;
      case 'Shift':
        return event.shiftKey;
      case 'Alt':
        return event.altKey;
    }
  }

  /** Where a click or key with these modifiers opens a link (obsidian.d.ts "Keymap.isModEvent"). */
  static isModEvent(event?: O.UserEvent | null): O.PaneType | boolean {
    if (event === undefined || event === null) return false;
    const middle = 'button' in event && event.button === 1;
    if (!middle && !Keymap.isModifier(event, 'Mod')) return false;
    if (Keymap.isModifier(event, 'Alt')) return Keymap.isModifier(event, 'Shift') ? 'window' : 'split';
    return 'tab';
  }

  private onKey(event: KeyboardEvent): void {
    (this.scopes.at(-1) ?? this.root).handle(event);
  }
}

function compiled(modifiers: readonly O.Modifier[]): string {
  const real = modifiers.map((modifier) => (modifier === 'Mod' ? (isMac ? 'Meta' : 'Ctrl') : modifier));
  return [...new Set(real)].sort().join(',');
}

function pressed(event: KeyboardEvent): string {
  const names = [
    event.altKey && 'Alt',
    event.ctrlKey && 'Ctrl',
    event.metaKey && 'Meta',
    event.shiftKey && 'Shift',
  ];
  return names.filter((name) => name !== false).join(',');
}
