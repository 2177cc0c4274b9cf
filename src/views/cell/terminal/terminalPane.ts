import { ConfirmationModal, type App } from 'obsidian';
import type { OutputText } from '../../../output/outputText';
import { iconButton } from '../../ui/dom';
import { nameElement } from '../../ui/name';
import type { OpenedTerminal } from './xterm';

export interface TerminalPaneParts {
  readonly app: App;
  readonly send: (keys: string) => void;
  readonly resize: (columns: number, rows: number) => void;
  readonly leave: () => void;
  /** The pane may have another height now. */
  readonly onResize: () => void;
}

/** A real terminal in a cell's card, for programs that draw on the whole screen. Its code is loaded on first use. */
export class TerminalPane {
  private readonly element: HTMLElement;
  private terminal: OpenedTerminal | null = null;
  /** How far the output was written into the terminal, in bytes. */
  private written = 0;
  private closed = false;

  constructor(
    parent: HTMLElement,
    private readonly output: OutputText,
    private readonly parts: TerminalPaneParts,
  ) {
    this.element = parent.createDiv({ cls: 'labpath-terminal', attr: { role: 'region' } });
    nameElement(this.element, 'Terminal');
    const bar = this.element.createDiv({ cls: 'labpath-terminal-bar' });
    bar.createSpan({ text: 'Terminal: all keys go to the program, Shift+Escape leaves it' });
    iconButton(bar, { icon: 'x', label: 'Leave the terminal', onClick: parts.leave });
    void this.open(this.element.createDiv({ cls: 'labpath-terminal-screen' }));
  }

  /** Shows what the program wrote since. */
  draw(): void {
    if (!this.terminal) return;
    for (const chunk of this.output.raw.since(this.written)) this.terminal.write(chunk);
    this.written = this.output.raw.end;
  }

  /** Whether it shows this output; another run needs another terminal. */
  shows(output: OutputText): boolean {
    return this.output === output;
  }

  destroy(): void {
    this.closed = true;
    this.terminal?.close();
    this.element.remove();
  }

  private async open(screen: HTMLElement): Promise<void> {
    const { openTerminal } = await import('./xterm');
    if (this.closed) return;
    this.terminal = openTerminal(screen, {
      send: this.parts.send,
      resize: this.parts.resize,
      leave: this.parts.leave,
      mayPaste: (text) => confirmPaste(this.parts.app, text),
    });
    this.draw();
    this.terminal.focus();
    this.parts.onResize();
  }
}

/** What is pasted runs at every line end; the program at the other end cannot tell it from typing. */
function confirmPaste(app: App, text: string): Promise<boolean> {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  if (lines.length < 2 && !/[\r\n]$/.test(text)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const modal = new ConfirmationModal(app);
    let agreed = false;
    modal.setTitle(
      `Paste ${lines.length === 1 ? 'a line' : `${lines.length} lines`} into the running program?`,
    );
    modal.contentEl.createEl('p', { text: 'Each line is sent as if you had typed it.' });
    modal.contentEl.createEl('pre', { cls: 'labpath-code', text: lines.slice(0, 20).join('\n') });
    modal.addButton((button) =>
      button.setButtonText('Paste').onClick(() => {
        agreed = true;
      }),
    );
    modal.addCancelButton();
    modal.setCloseCallback(() => resolve(agreed));
    modal.open();
  });
}
