import { ConfirmationModal, type App } from 'obsidian';
import type { RunQuestion } from '../cell/cellDesk';
import { nameElement } from '../ui/name';
import type { HostApprovals } from './approvals';

/** Asks once per host of this vault on this device; a yes is remembered, a no is not. */
export function askBeforeFirstRun(
  app: App,
  approvals: HostApprovals,
  hostInWords: (host: string) => string,
): (run: RunQuestion) => Promise<boolean> {
  return async (run) => {
    const host = hostInWords(run.host);
    if (approvals.isApproved(host)) return true;
    const allowed = await askFirstRun(app, run, host);
    if (allowed) approvals.approve(host);
    return allowed;
  };
}

/** Asks before the first run on a host, showing host and code. Closing the dialog is a no. */
function askFirstRun(app: App, run: RunQuestion, hostInWords: string): Promise<boolean> {
  return new Promise((resolve) => {
    const modal = new ConfirmationModal(app);
    let allowed = false;
    modal.setTitle(`Run code on ${run.host}?`);
    const body = modal.contentEl;
    body.addClass('labpath-trust');
    body.createEl('p', {
      text: `Cells of this vault have not run on “${run.host}” from this device before. They can do there whatever the login user can do, so read the code first.`,
    });
    const facts = body.createEl('dl', { cls: 'labpath-facts' });
    fact(facts, 'Host', visible(hostInWords));
    fact(facts, 'Note', visible(run.note));
    const code = body.createEl('pre', {
      cls: 'labpath-code',
      text: visible(run.code),
      attr: { tabindex: 0 },
    });
    nameElement(code, 'Code', body);
    modal.addButton((button) =>
      button
        .setButtonText(`Run on ${run.host}`)
        .setCta()
        .onClick(() => {
          allowed = true;
        }),
    );
    modal.addCancelButton();
    modal.setCloseCallback(() => resolve(allowed));
    modal.open();
  });
}

export function fact(list: HTMLElement, name: string, value: string): void {
  list.createEl('dt', { text: name });
  list.createEl('dd', { text: value });
}

/** Bidirectional and zero-width characters as `\u….`: code must read as the shell will read it. */
function visible(code: string): string {
  return code.replace(
    /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
