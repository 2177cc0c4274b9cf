import { ConfirmationModal, type App } from 'obsidian';

/** Lines of a paste that are shown. */
const SHOWN = 20;

/** Whether a paste holds a line end that a program would take for Enter. One at its very end is the user's to press. */
export function hasManyLines(text: string): boolean {
  return /[\r\n]/.test(text.replace(/\r?\n$/, ''));
}

/**
 * Asks before a paste goes into a running program: it runs at every line end, and the program cannot tell pasting from
 * typing. What may be a secret is not shown.
 */
export function confirmPaste(app: App, text: string, isSecret = false): Promise<boolean> {
  const lines = text.replace(/\r?\n$/, '').split(/\r\n|\r|\n/);
  return new Promise((resolve) => {
    const modal = new ConfirmationModal(app);
    let agreed = false;
    const count = lines.length === 1 ? 'a line' : `${lines.length} lines`;
    modal.setTitle(`Paste ${count} into the running program?`);
    modal.contentEl.createEl('p', { text: 'Each line is sent as if you had typed it.' });
    if (!isSecret) {
      const shown = [...lines.slice(0, SHOWN), ...(lines.length > SHOWN ? ['…'] : [])];
      modal.contentEl.createEl('pre', { cls: 'labpath-code', text: shown.join('\n') });
    }
    modal.addButton((button) =>
      button.setButtonText('Paste').onClick(() => {
        agreed = true;
      }),
    );
    modal.addButton((button) => button.setButtonText('Cancel').setCancel().setInitialFocus());
    modal.setCloseCallback(() => resolve(agreed));
    modal.open();
  });
}
