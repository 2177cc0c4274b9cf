import type { Front } from '../../runs/contract';
import { iconButton } from '../ui/dom';

/** What programs ask before a secret is typed (sudo, ssh, passwd, gpg, openssl). */
const SECRET = /(pass(word|phrase|code)|\bPIN\b|secret|token)[^\n]{0,60}:\s*$/i;

export interface InputLineParts {
  readonly send: (line: string) => void;
  readonly openTerminal: () => void;
  /** Lets the next cells run in the shell that waits here. */
  readonly enterShell: () => void;
}

/** A line for the running program: type, Enter sends. What answers a question for a secret is not shown. */
export class InputLine {
  private readonly form: HTMLFormElement;
  private readonly field: HTMLInputElement;
  private readonly enter: HTMLButtonElement;
  private shown = false;

  constructor(parent: HTMLElement, parts: InputLineParts) {
    this.form = parent.createEl('form', { cls: ['labpath-input', 'labpath-hidden'] });
    this.field = this.form.createEl('input', {
      cls: 'labpath-input-line',
      type: 'text',
      placeholder: inputHint(false, null),
      attr: {
        'aria-label': 'Input for the running program',
        autocomplete: 'off',
        spellcheck: 'false',
        autocapitalize: 'off',
      },
    });
    this.enter = iconButton(this.form, {
      icon: 'corner-down-right',
      label: 'Run next cells here',
      text: true,
      cls: 'labpath-hidden',
      onClick: parts.enterShell,
    });
    iconButton(this.form, { icon: 'terminal', label: 'Open a terminal', onClick: parts.openTerminal });
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      const line = this.field.value;
      this.field.value = '';
      parts.send(line);
    });
  }

  /**
   * @param question the unfinished last line of the output
   * @param front the program that waits, when one was seen
   */
  update(shown: boolean, question: string, front: Front | null): void {
    if (shown !== this.shown) this.form.toggleClass('labpath-hidden', !shown);
    this.shown = shown;
    if (!shown) {
      this.field.value = '';
      return;
    }
    this.enter.toggleClass('labpath-hidden', front?.shell !== true);
    const isSecret = front?.waitsFor === 'secret' || SECRET.test(question);
    const type = isSecret ? 'password' : 'text';
    // Setting the type anew would move the cursor.
    if (this.field.type !== type) this.field.type = type;
    const hint = inputHint(isSecret, front);
    if (this.field.placeholder !== hint) this.field.placeholder = hint;
  }
}

function inputHint(isSecret: boolean, front: Front | null): string {
  if (isSecret) return 'A secret for the running program, Enter sends it';
  if (front?.waitsFor === 'keys') return `${front.program} reads single keys: open a terminal`;
  if (front?.waitsFor === 'line') return `${front.program} waits for a line, Enter sends it`;
  return 'Input for the running program, Enter sends it';
}
