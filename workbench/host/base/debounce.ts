/** Obsidian's `debounce` (obsidian.d.ts "function debounce"). */
import type * as O from 'obsidian';

/**
 * Calls `callback` with the latest arguments once `timeout` ms have passed since the first call, or since the latest
 * one when `resetTimer` is set. `run` calls it now if a call is waiting.
 */
export function debounce<T extends unknown[], V>(
  callback: (...args: [...T]) => V,
  timeout = 0,
  resetTimer = false,
): O.Debouncer<T, V> {
  let waiting: { readonly args: [...T]; readonly timer: number } | null = null;

  const fire = (): V | void => {
    if (waiting === null) return;
    const { args, timer } = waiting;
    window.clearTimeout(timer);
    waiting = null;
    return callback(...args);
  };
  const debouncer = (...args: [...T]) => {
    if (waiting !== null && !resetTimer) {
      waiting = { ...waiting, args };
    } else {
      if (waiting !== null) window.clearTimeout(waiting.timer);
      waiting = { args, timer: window.setTimeout(fire, timeout) };
    }
    return debouncer;
  };
  const cancel = () => {
    if (waiting !== null) window.clearTimeout(waiting.timer);
    waiting = null;
    return debouncer;
  };
  return Object.assign(debouncer, { cancel, run: fire }) as unknown as O.Debouncer<T, V>;
}
