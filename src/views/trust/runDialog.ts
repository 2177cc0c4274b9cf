import { ConfirmationModal, Setting, type App, type ToggleComponent } from 'obsidian';
import { visible, visibleLine } from '../../base/visible';
import { givenId, type Cell } from '../../cells/cell';
import type { Decision, TrustPolicy } from '../../trust/policy';
import { nameElement } from '../ui/name';

export interface AskedCell {
  readonly cell: Cell;
  /** What would run, with secret values masked. */
  readonly code: string;
  readonly decision: Decision;
}

export interface RunDialogQuestion {
  readonly host: string;
  readonly hostInWords: string;
  readonly note: string;
  readonly why: Decision['why'];
  /** The note's variables with all they may be: they are agreed to with the code. */
  readonly variables: readonly string[];
  readonly cells: readonly AskedCell[];
  /** Further cells of the note that can be agreed to at once. */
  readonly others: readonly Cell[];
  readonly policy: TrustPolicy;
}

export interface RunDialogAnswer {
  readonly policy: TrustPolicy;
  readonly withOthers: boolean;
}

export const POLICY_WORDS: Readonly<Record<TrustPolicy, string>> = {
  change: 'When a cell is new or changed',
  always: 'Before every run',
  vault: 'Never in this vault',
};

const REASONS: Readonly<Record<Decision['why'], (host: string) => string>> = {
  first: (host) =>
    `Cells of this vault have not run on “${host}” from this device before. They can do there whatever the login user can do, so read the code first.`,
  changed: () => 'This code is not what you agreed to on this device: it is new, or was changed since.',
  always: () => 'You are asked before every run here.',
  danger: (host) => `Some of these lines may cost you “${host}”, or the way to it:`,
  hidden: () => 'This code holds characters that cannot be seen. They stand as ‹U+…› below.',
  none: () => '',
};

/** Asks before cells run, showing host and code. Closing the dialog is a no (null). */
export function askToRun(app: App, question: RunDialogQuestion): Promise<RunDialogAnswer | null> {
  return new Promise((resolve) => {
    const { host, why, others } = question;
    const modal = new ConfirmationModal(app);
    let allowed = false;
    let { policy } = question;
    const risky = why === 'danger' || why === 'hidden';
    let withOthers = false;
    modal.setTitle(`Run code on ${visibleLine(host)}?`);
    modal.modalEl.addClass('labpath-long-dialog');
    const body = modal.contentEl;
    body.addClass('labpath-trust');
    body.createEl('p', { text: REASONS[why](visibleLine(host)) });
    dangerList(body, question.cells);
    const facts = body.createEl('dl', { cls: 'labpath-facts' });
    fact(facts, 'Host', visibleLine(question.hostInWords));
    fact(facts, 'Note', visibleLine(question.note));
    for (const variable of question.variables) fact(facts, 'Variable', visibleLine(variable));
    for (const { cell, code } of question.cells)
      codeBlock(body, question.cells.length > 1 ? title(cell) : 'Code', code);
    if (!risky && others.length > 0) otherBlocks(body, others, (chosen) => (withOthers = chosen));
    if (!risky) policyChoice(body, policy, (chosen) => (policy = chosen));
    modal.addButton((button) => {
      button.setButtonText(`Run on ${visibleLine(host)}`).onClick(() => {
        allowed = true;
      });
      if (risky) button.setDestructive();
      else button.setCta();
    });
    modal.addButton((button) => {
      button.setButtonText('Cancel').setCancel();
      if (risky) button.setInitialFocus();
    });
    modal.setCloseCallback(() => resolve(allowed ? { policy, withOthers } : null));
    modal.open();
  });
}

function dangerList(body: HTMLElement, cells: readonly AskedCell[]): void {
  const dangers = cells.flatMap(({ decision }) => decision.dangers);
  if (dangers.length === 0) return;
  const list = body.createEl('ul', { cls: 'labpath-dangers' });
  for (const { line, text, what } of dangers) {
    const row = list.createEl('li', { text: `${line === 0 ? 'The file' : `Line ${line}`} ${what}: ` });
    row.createEl('code', { text: visibleLine(text) });
  }
}

function codeBlock(parent: HTMLElement, name: string, code: string): void {
  if (name !== 'Code') parent.createDiv({ cls: 'labpath-code-title', text: name });
  const block = parent.createEl('pre', {
    cls: 'labpath-code',
    text: visible(code),
    attr: { tabindex: 0 },
  });
  nameElement(block, name, parent);
}

/** The other cells to read, and whether to agree to them as well. */
function otherBlocks(body: HTMLElement, cells: readonly Cell[], choose: (agree: boolean) => void): void {
  const count = cells.length === 1 ? 'the other cell' : `the other ${cells.length} cells`;
  let toggle: ToggleComponent | null = null;
  new Setting(body).setName(`Agree to ${count} of this note as well`).addToggle((made) => {
    toggle = made.setValue(false).onChange(choose);
  });
  const details = body.createEl('details', { cls: 'labpath-other-cells' });
  // Nobody agrees to code that was not shown.
  details.addEventListener(
    'toggle',
    () => {
      toggle?.setValue(true);
      choose(true);
    },
    { once: true },
  );
  details.createEl('summary', { text: `Show ${count}` });
  for (const cell of cells) codeBlock(details, title(cell), cell.source);
}

function policyChoice(body: HTMLElement, policy: TrustPolicy, choose: (policy: TrustPolicy) => void): void {
  new Setting(body).setName('Ask again').addDropdown((dropdown) =>
    dropdown
      .addOptions(POLICY_WORDS)
      .setValue(policy)
      .onChange((chosen) => choose(chosen as TrustPolicy)),
  );
}

function title(cell: Cell): string {
  const name = cell.name ?? givenId(cell);
  return name === null ? `Line ${cell.line}` : `${visibleLine(name)} (line ${cell.line})`;
}

export function fact(list: HTMLElement, name: string, value: string): void {
  list.createEl('dt', { text: name });
  list.createEl('dd', { text: value });
}
