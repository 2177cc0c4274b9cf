import { ConfirmationModal, type App } from 'obsidian';

/** Asks for the title of a new lab; null when none is wanted. */
export function askTitle(app: App): Promise<string | null> {
  return new Promise((resolve) => {
    const modal = new ConfirmationModal(app);
    let isAgreed = false;
    modal.setTitle('New lab');
    modal.contentEl.createEl('p', {
      text: 'The note is a small lab that works. Change one part of it at a time.',
    });
    const input = modal.contentEl.createEl('input', {
      cls: 'labpath-new-lab-title',
      attr: { type: 'text', placeholder: 'Title', 'aria-label': 'Title of the lab' },
    });
    const agree = () => {
      isAgreed = true;
    };
    input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.isComposing) return;
      agree();
      modal.close();
    });
    modal.addButton((button) => button.setButtonText('Create note').setCta().onClick(agree));
    modal.addCancelButton();
    modal.setCloseCallback(() => resolve(isAgreed && input.value.trim() !== '' ? input.value.trim() : null));
    modal.open();
    input.focus();
  });
}
