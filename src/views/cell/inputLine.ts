import type { Front } from '../../runs/contract';
import { iconButton } from '../ui/dom';
import { hasManyLines } from './pasteGuard';

/** What programs ask before a secret is typed (sudo, ssh, passwd, gpg, openssl). */
const SECRET = /(pass(word|phrase|code)|\bPIN\b|secret|token)[^\n]{0,60}:\s*$/i;

export interface InputLineParts {
  readonly send: (line: string) => void;
  /** Whether this text of several lines may go to the program. */
  readonly mayPaste: (text: string, isSecret: boolean) => Promise<boolean>;
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

  constructor(
    parent: HTMLElement,
    private readonly parts: InputLineParts,
  ) {
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
    this.field.addEventListener('paste', (event) => this.onPaste(event));
  }

  /** A field of one line would run the lines of a paste together; they are sent one by one, when the user says so. */
  private onPaste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!hasManyLines(text)) return;
    event.preventDefault();
    const { value, selectionStart, selectionEnd, type } = this.field;
    const before = value.slice(0, selectionStart ?? value.length);
    const after = value.slice(selectionEnd ?? value.length);
    void this.parts.mayPaste(text, type === 'password').then((yes) => {
      this.field.focus();
      if (!yes || !this.shown) return;
      const lines = `${before}${text}${after}`.split(/\r\n|\r|\n/);
      this.field.value = lines.pop() ?? '';
      for (const line of lines) this.parts.send(line);
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
