import { Modal, Setting, type App } from 'obsidian';

export interface Question {
  readonly title: string;
  readonly text: string;
  /** What the button that agrees says. */
  readonly action: string;
}

/** Asks before something is done that cannot be taken back. */
export class ConfirmModal extends Modal {
  private answer: (agreed: boolean) => void = () => undefined;

  constructor(
    app: App,
    private readonly question: Question,
  ) {
    super(app);
  }

  /** True only when the user chose the action. */
  ask(): Promise<boolean> {
    return new Promise((resolve) => {
      this.answer = resolve;
      this.open();
    });
  }

  override onOpen(): void {
    const { title, text, action } = this.question;
    this.setTitle(title);
    this.contentEl.createEl('p', { text });
    new Setting(this.contentEl)
      .addButton((button) => button.setButtonText('Cancel').onClick(() => this.close()))
      .addButton((button) =>
        button
          .setButtonText(action)
          .setCta()
          .onClick(() => {
            this.answer(true);
            this.close();
          }),
      );
  }

  override onClose(): void {
    this.contentEl.empty();
    this.answer(false);
  }
}
