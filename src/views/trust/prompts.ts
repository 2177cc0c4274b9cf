import type { App } from 'obsidian';
import type { Prompts } from '../../ssh/prompts';
import type { SecretDialogs, SecretKeeper } from '../../ssh/secretPrompts';
import { askHostKey } from './hostKeyModal';
import { askSecret } from './secretModal';

/** What only the user can answer while a connection is made, asked in dialogs. */
export function trustDialog(app: App): Pick<Prompts, 'trust'> {
  return { trust: (key) => askHostKey(app, key) };
}

export function secretDialogs(app: App): SecretDialogs {
  return {
    passphrase: (keyFile, again) =>
      askSecret(app, {
        title: 'Passphrase',
        prompt: again
          ? `That was not the passphrase of ${keyFile}. Try again.`
          : `The key ${keyFile} is protected by a passphrase.`,
        masked: true,
        keepable: true,
      }),
    secret: ({ host, user, prompt, echo, again, kind }) =>
      askSecret(app, {
        title: `Log in to ${host} as ${user}`,
        prompt: again ? `That was not right. ${prompt}` : prompt,
        masked: !echo,
        keepable: kind === 'password',
      }),
  };
}

/** Obsidian's own storage for secrets, outside the vault. An empty text stands for none: it has no way to remove one. */
export function obsidianKeeper(app: App): SecretKeeper {
  return {
    get: (id) => app.secretStorage.getSecret(id) || null,
    set: (id, secret) => app.secretStorage.setSecret(id, secret),
  };
}
