/** Secrets of plugins (obsidian.d.ts "class SecretStorage", since 1.11.4). Kept in memory: the page has no keychain. */
import type * as O from 'obsidian';
import { Events } from './base/events';

export class SecretStorage extends Events implements O.SecretStorage {
  private readonly secrets = new Map<string, string>();

  /** Ids are lower-case letters, digits and dashes; others are refused as in the app. */
  setSecret(id: string, secret: string): void {
    if (!/^[a-z0-9-]+$/.test(id)) {
      throw new Error(`"${id}" is no name for a secret: use lower-case letters, digits and dashes.`);
    }
    this.secrets.set(id, secret);
    this.trigger('change', id);
  }

  getSecret(id: string): string | null {
    return this.secrets.get(id) ?? null;
  }

  listSecrets(): string[] {
    return [...this.secrets.keys()];
  }
}
