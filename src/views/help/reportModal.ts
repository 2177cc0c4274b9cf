import { ConfirmationModal, Notice, type App } from 'obsidian';

/** Shows a report before it goes anywhere: what is copied is what was read. */
export function showReport(app: App, text: string): void {
  const modal = new ConfirmationModal(app);
  modal.setTitle('Report a problem');
  modal.contentEl.createEl('p', {
    text: 'Secrets, hosts, addresses, note names and folders were taken out. Read it all the same; nothing is sent until you paste it somewhere.',
  });
  modal.contentEl.createEl('pre', { cls: ['labpath-code', 'labpath-report'], text, attr: { tabindex: 0 } });
  modal.addButton((button) =>
    button
      .setButtonText('Copy to clipboard')
      .setCta()
      .onClick(async () => {
        await activeWindow.navigator.clipboard.writeText(text);
        new Notice('The report is on the clipboard.');
      }),
  );
  modal.addButton((button) => button.setButtonText('Close').setCancel());
  modal.open();
}
