import { Modal, Setting, type App } from 'obsidian';
import { visible } from '../../base/visible';
import type { SecretAnswer } from '../../ssh/secretPrompts';
import { nameBy } from '../ui/name';

export interface SecretQuestion {
  /** Dialog title: whose passphrase or password is asked for. */
  readonly title: string;
  /** The server's or our own words about it. */
  readonly prompt: string;
  /** False for one-time codes a server says may be shown. */
  readonly masked: boolean;
  /** Whether keeping it beyond the session may be offered: not for codes that are good for one time. */
  readonly keepable: boolean;
}

/** Asks for a passphrase, password or code. Null when the user declines. */
export function askSecret(app: App, question: SecretQuestion): Promise<SecretAnswer | null> {
  return new Promise((resolve) => new SecretModal(app, question, resolve).open());
}

class SecretModal extends Modal {
  private answer: SecretAnswer | null = null;

  constructor(
    app: App,
    private readonly question: SecretQuestion,
    private readonly done: (answer: SecretAnswer | null) => void,
  ) {
    super(app);
  }

  override onOpen(): void {
    const { title, prompt, masked, keepable } = this.question;
    this.setTitle(visible(title));
    const question = this.contentEl.createEl('p', { text: visible(prompt) });
    const form = this.contentEl.createEl('form');
    const input = form.createEl('input', {
      cls: 'labpath-secret',
      type: masked ? 'password' : 'text',
      attr: { autocomplete: 'off', spellcheck: 'false' },
    });
    nameBy(input, question);
    let keep = false;
    form.createEl('p', {
      cls: 'setting-item-description',
      text: 'Held in memory until Obsidian closes, and written nowhere.',
    });
    if (keepable) {
      new Setting(form)
        .setName('Keep in Obsidian’s secret storage')
        .setDesc(
          'Then you are not asked again. It stays on this device, outside the vault, and is as safe as your computer’s keychain; without one it may lie there unprotected, and every other plugin can read it.',
        )
        .addToggle((toggle) =>
          toggle.onChange((value) => {
            keep = value;
          }),
        );
    }
    new Setting(form)
      .addButton((button) => button.setButtonText('Cancel').onClick(() => this.close()))
      .addButton((button) =>
        button
          .setButtonText('Continue')
          .setCta()
          .onClick(() => submit()),
      );
    const submit = (): void => {
      this.answer = { secret: input.value, keep };
      input.value = '';
      this.close();
    };
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      submit();
    });
    input.focus();
  }

  override onClose(): void {
    this.contentEl.empty();
    this.done(this.answer);
  }
}
