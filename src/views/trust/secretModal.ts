import { Modal, Setting, type App } from 'obsidian';
import { nameBy } from '../ui/name';

export interface SecretQuestion {
  /** Dialog title: whose passphrase or password is asked for. */
  readonly title: string;
  /** The server's or our own words about it. */
  readonly prompt: string;
  /** False for one-time codes a server says may be shown. */
  readonly masked: boolean;
}

/** Asks for a passphrase, password or code. The answer stays in memory; null when the user declines. */
export function askSecret(app: App, question: SecretQuestion): Promise<string | null> {
  return new Promise((resolve) => new SecretModal(app, question, resolve).open());
}

class SecretModal extends Modal {
  private answer: string | null = null;

  constructor(
    app: App,
    private readonly question: SecretQuestion,
    private readonly done: (answer: string | null) => void,
  ) {
    super(app);
  }

  override onOpen(): void {
    const { title, prompt, masked } = this.question;
    this.setTitle(title);
    const question = this.contentEl.createEl('p', { text: prompt });
    const form = this.contentEl.createEl('form');
    const input = form.createEl('input', {
      cls: 'labpath-secret',
      type: masked ? 'password' : 'text',
      attr: { autocomplete: 'off', spellcheck: 'false' },
    });
    nameBy(input, question);
    form.createEl('p', {
      cls: 'setting-item-description',
      text: 'Kept in memory until Obsidian closes; never written to disk.',
    });
    new Setting(form)
      .addButton((button) => button.setButtonText('Cancel').onClick(() => this.close()))
      .addButton((button) =>
        button
          .setButtonText('Continue')
          .setCta()
          .onClick(() => submit()),
      );
    const submit = (): void => {
      this.answer = input.value;
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
