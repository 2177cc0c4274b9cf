/** Obsidian's `Events` (obsidian.d.ts "class Events"): named events with references that can be taken back. */
import type * as O from 'obsidian';

/** Listeners of every event; what each is called with is declared by the overloads of the real `on`. */
export type Listener = (...data: never[]) => unknown;

interface Handler extends O.EventRef {
  readonly emitter: Events;
  readonly name: string;
  readonly callback: Listener;
  readonly context: unknown;
}

export class Events implements O.Events {
  private readonly handlers = new Map<string, readonly Handler[]>();

  on(name: string, callback: Listener, context?: unknown): O.EventRef {
    const handler: Handler = { emitter: this, name, callback, context };
    this.handlers.set(name, [...(this.handlers.get(name) ?? []), handler]);
    return handler;
  }

  off(name: string, callback: Listener): void {
    this.keep(name, (handler) => handler.callback !== callback);
  }

  offref(ref: O.EventRef): void {
    if (isHandler(ref)) this.keep(ref.name, (handler) => handler !== ref);
  }

  trigger(name: string, ...data: unknown[]): void {
    for (const handler of this.handlers.get(name) ?? []) this.tryTrigger(handler, data);
  }

  /** A listener that throws is reported and does not keep the others from hearing. */
  tryTrigger(ref: O.EventRef, args: unknown[]): void {
    if (!isHandler(ref)) return;
    try {
      Reflect.apply(ref.callback, ref.context, args);
    } catch (error) {
      window.setTimeout(() => {
        throw error;
      });
    }
  }

  private keep(name: string, isKept: (handler: Handler) => boolean): void {
    this.handlers.set(name, (this.handlers.get(name) ?? []).filter(isKept));
  }
}

/** Takes a reference back from whoever gave it. */
export function forget(ref: O.EventRef): void {
  if (isHandler(ref)) ref.emitter.offref(ref);
}

function isHandler(ref: O.EventRef): ref is Handler {
  return 'emitter' in ref && ref.emitter instanceof Events;
}
