import { ConfirmationModal, type App } from 'obsidian';
import { visibleLine } from '../../base/visible';
import { findSecrets, maskSecrets, type SecretSpan } from '../../trust/secretText';

/** Findings shown; a text full of them needs no more to be judged. */
const MOST_SHOWN = 8;

/**
 * An output as it may be written into a note, which is synced and shared: as it is when it holds nothing that looks like
 * a secret, else as the user decides. Null: it shall not be written.
 *
 * @param known secrets that the user has entered
 */
export function forTheNote(app: App, output: string, known: readonly string[]): Promise<string | null> {
  const secrets = findSecrets(output, known);
  if (secrets.length === 0) return Promise.resolve(output);
  return new Promise((resolve) => {
    const modal = new ConfirmationModal(app);
    let answer: string | null = null;
    const masked = maskSecrets(output, secrets);
    modal.setTitle('Mask secrets in this output?');
    const body = modal.contentEl;
    body.addClass('labpath-trust');
    body.createEl('p', {
      text: 'It holds what looks like a secret. In the note, it would be synced, shared and exported with it.',
    });
    const list = body.createEl('ul', { cls: 'labpath-secrets' });
    for (const secret of secrets.slice(0, MOST_SHOWN)) {
      const row = list.createEl('li', { text: `Line ${lineOf(output, secret.from)}, ${secret.kind}: ` });
      row.createEl('code', { text: visibleLine(aroundMask(output, secret)) });
    }
    const more = secrets.length - MOST_SHOWN;
    if (more > 0) body.createEl('p', { text: `And ${more} more.` });
    const button = (text: string, then: string | null) =>
      modal.addButton((each) => {
        each.setButtonText(text).onClick(() => (answer = then));
        if (then === masked) each.setCta().setInitialFocus();
        if (then === null) each.setCancel();
      });
    button('Mask and write', masked);
    button('Write as it is', output);
    button('Cancel', null);
    modal.setCloseCallback(() => resolve(answer));
    modal.open();
  });
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** The line a secret stands in, masked. */
function aroundMask(text: string, { from, to }: SecretSpan): string {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const end = text.indexOf('\n', to);
  const line = `${text.slice(start, from)}••••${text.slice(to, end === -1 ? undefined : end)}`;
  return maskSecrets(line).slice(0, 120);
}
