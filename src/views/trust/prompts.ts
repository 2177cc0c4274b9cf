import type { App } from 'obsidian';
import type { Prompts } from '../../ssh/prompts';
import { askHostKey } from './hostKeyModal';
import { askSecret } from './secretModal';

/** What only the user can answer while a connection is made, asked in dialogs. */
export function dialogPrompts(app: App): Prompts {
  return {
    trust: (key) => askHostKey(app, key),
    askPassphrase: (keyFile, again) =>
      askSecret(app, {
        title: 'Passphrase',
        prompt: again
          ? `That was not the passphrase of ${keyFile}. Try again.`
          : `The key ${keyFile} is protected by a passphrase.`,
        masked: true,
      }),
    askSecret: ({ host, user, prompt, echo }) =>
      askSecret(app, { title: `Log in to ${host} as ${user}`, prompt, masked: !echo }),
  };
}
