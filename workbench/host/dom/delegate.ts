/** `on` and `off` with a selector: one listener on an element, called for the descendants that match. */
import { elementOf } from './windows';

type Delegated = (this: HTMLElement, event: Event, target: HTMLElement) => unknown;

const installed = new WeakMap<
  EventTarget,
  { type: string; selector: string; listener: Delegated; real: EventListener }[]
>();

export function delegateOn(
  owner: HTMLElement | Document,
  type: string,
  selector: string,
  listener: Delegated,
  options?: boolean | AddEventListenerOptions,
): void {
  const real: EventListener = (event) => {
    const target = elementOf(event)?.closest<HTMLElement>(selector) ?? null;
    if (target !== null && owner.contains(target)) listener.call(target, event, target);
  };
  installed.set(owner, [...(installed.get(owner) ?? []), { type, selector, listener, real }]);
  owner.addEventListener(type, real, options);
}

export function delegateOff(
  owner: HTMLElement | Document,
  type: string,
  selector: string,
  listener: Delegated,
  options?: boolean | AddEventListenerOptions,
): void {
  for (const entry of installed.get(owner) ?? []) {
    if (entry.type !== type || entry.selector !== selector || entry.listener !== listener) continue;
    owner.removeEventListener(type, entry.real, options);
  }
}
