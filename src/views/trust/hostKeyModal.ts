import { ConfirmationModal, type App } from 'obsidian';
import type { TrustAnswer, UnknownHostKey } from '../../ssh/prompts';
import { visibleLine } from '../../base/visible';
import { fact } from './runDialog';

/** Shows a host key nobody vouched for yet. The dialog starts on, and closing it means, refusal. */
export function askHostKey(app: App, key: UnknownHostKey): Promise<TrustAnswer> {
  return new Promise((resolve) => {
    const modal = new ConfirmationModal(app);
    let answer: TrustAnswer = 'refuse';
    modal.setTitle(`Is this really ${visibleLine(key.host)}?`);
    const body = modal.contentEl;
    body.addClass('labpath-trust');
    body.createEl('p', {
      text: 'This host has not identified itself to this computer before. Compare the fingerprint with one from its administrator; if they differ, somebody may be listening in. Trusting remembers this key; trusting once asks again next time.',
    });
    const facts = body.createEl('dl', { cls: 'labpath-facts' });
    fact(facts, 'Host', visibleLine(`${key.host} (${key.knownAs})`));
    fact(facts, 'Key type', key.keyType);
    fact(facts, 'Fingerprint', key.fingerprint);
    if (key.authorityOnly) {
      body.createEl('p', {
        text: 'Your known hosts file trusts a certificate authority for this host, which cannot be checked here.',
      });
    }
    modal.addButton((button) => button.setButtonText('Trust').onClick(() => void (answer = 'trust')));
    modal.addButton((button) => button.setButtonText('Trust once').onClick(() => void (answer = 'once')));
    modal.addButton((button) => button.setButtonText('Refuse').setCancel().setInitialFocus());
    modal.setCloseCallback(() => resolve(answer));
    modal.open();
  });
}
