import type { App } from 'obsidian';

/** Values that belong to this vault on this device: outside the vault, never synced. */
export type DeviceStorage = Pick<App, 'loadLocalStorage' | 'saveLocalStorage'>;

/** The name under which a value of ours is stored. */
export function storageKey(name: string): string {
  return `labpath:${name}`;
}

/** A JSON value kept on this device; `read` decides what a stored value of unknown age still means. */
export class DeviceValue<T> {
  private cached: { readonly value: T } | null = null;

  constructor(
    private readonly storage: DeviceStorage,
    private readonly name: string,
    private readonly read: (stored: unknown) => T,
  ) {}

  get(): T {
    this.cached ??= { value: this.read(this.storage.loadLocalStorage(storageKey(this.name))) };
    return this.cached.value;
  }

  set(value: T): void {
    this.cached = { value };
    this.storage.saveLocalStorage(storageKey(this.name), value);
  }
}
