import { iconButton } from '../ui/dom';

/** What programs ask before a secret is typed (sudo, ssh, passwd, gpg, openssl). */
const SECRET = /(pass(word|phrase|code)|\bPIN\b|secret|token)[^\n]{0,60}:\s*$/i;

export interface InputLineParts {
  readonly send: (line: string) => void;
  readonly openTerminal: () => void;
}

/** A line for the running program: type, Enter sends. What answers a question for a secret is not shown. */
export class InputLine {
  private readonly form: HTMLFormElement;
  private readonly field: HTMLInputElement;
  private shown = false;

  constructor(parent: HTMLElement, parts: InputLineParts) {
    this.form = parent.createEl('form', { cls: ['labpath-input', 'labpath-hidden'] });
    this.field = this.form.createEl('input', {
      cls: 'labpath-input-line',
      type: 'text',
      placeholder: 'Input for the running program, Enter sends it',
      attr: { autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off' },
    });
    iconButton(this.form, { icon: 'terminal', label: 'Open a terminal', onClick: parts.openTerminal });
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      const line = this.field.value;
      this.field.value = '';
      parts.send(line);
    });
  }

  /** @param question the unfinished last line of the output */
  update(shown: boolean, question: string): void {
    if (shown !== this.shown) this.form.toggleClass('labpath-hidden', !shown);
    this.shown = shown;
    if (!shown) {
      this.field.value = '';
      return;
    }
    const isSecret = SECRET.test(question);
    const type = isSecret ? 'password' : 'text';
    // Setting the type anew would move the cursor.
    if (this.field.type !== type) this.field.type = type;
    const name = isSecret
      ? 'A secret for the running program, Enter sends it'
      : 'Input for the running program, Enter sends it';
    if (this.field.placeholder !== name) this.field.placeholder = name;
  }
}
