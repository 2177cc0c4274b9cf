/** A line for the running program: type, Enter sends. */
export class InputLine {
  private readonly form: HTMLFormElement;
  private readonly field: HTMLInputElement;

  constructor(parent: HTMLElement, send: (line: string) => void) {
    this.form = parent.createEl('form', { cls: ['labpath-input', 'labpath-hidden'] });
    this.field = this.form.createEl('input', {
      cls: 'labpath-input-line',
      type: 'text',
      placeholder: 'Input for the running program, Enter sends it',
      attr: { autocomplete: 'off', spellcheck: 'false' },
    });
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      send(this.field.value);
      this.field.value = '';
    });
  }

  toggle(shown: boolean): void {
    this.form.toggleClass('labpath-hidden', !shown);
    if (!shown) this.field.value = '';
  }
}
