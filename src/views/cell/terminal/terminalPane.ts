import type { App } from 'obsidian';
import type { OutputText } from '../../../output/outputText';
import { iconButton } from '../../ui/dom';
import { nameElement } from '../../ui/name';
import { confirmPaste } from '../pasteGuard';
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
      // Even one line runs at its end here.
      mayPaste: async (text) => !/[\r\n]/.test(text) || confirmPaste(this.parts.app, text),
    });
    this.draw();
    this.terminal.focus();
    this.parts.onResize();
  }
}
