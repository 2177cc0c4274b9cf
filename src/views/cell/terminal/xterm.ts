/** The only importer of xterm.js, behind a dynamic import: nobody pays for it before a full-screen program runs. */
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import { windowOf } from '../../ui/windows';
import { terminalTheme } from './theme';

export interface TerminalParts {
  readonly send: (keys: string) => void;
  readonly resize: (columns: number, rows: number) => void;
  readonly leave: () => void;
  readonly mayPaste: (text: string) => Promise<boolean>;
}

export interface OpenedTerminal {
  write(bytes: Uint8Array): void;
  focus(): void;
  close(): void;
}

const ROWS = 24;

export function openTerminal(parent: HTMLElement, parts: TerminalParts): OpenedTerminal {
  const { fontFamily, fontSize } = parent.win.getComputedStyle(parent);
  const terminal = new Terminal({
    rows: ROWS,
    cols: 80,
    fontFamily,
    fontSize: Number.parseFloat(fontSize) || 14,
    theme: terminalTheme(parent),
    documentOverride: parent.doc,
    cursorBlink: false,
    scrollback: 1000,
    minimumContrastRatio: 4.5,
    screenReaderMode: false,
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  keepQuiet(terminal);
  terminal.open(parent);
  terminal.onData((keys) => parts.send(keys));
  terminal.onBinary((keys) => parts.send(keys));
  terminal.attachCustomKeyEventHandler((event) => {
    if (event.key !== 'Escape' || !event.shiftKey) return true;
    if (event.type === 'keydown') parts.leave();
    return false;
  });
  // Keys are the program's: the app must not take them for its own.
  parent.addEventListener('keydown', (event) => event.stopPropagation());
  guardPaste(parent, terminal, parts.mayPaste);
  const adapt = (): void => {
    const columns = fit.proposeDimensions()?.cols;
    if (columns === undefined || !Number.isFinite(columns) || columns < 2) return;
    if (columns !== terminal.cols) terminal.resize(columns, ROWS);
    parts.resize(columns, ROWS);
  };
  adapt();
  const observer = new (windowOf(parent).ResizeObserver)(adapt);
  observer.observe(parent);
  return {
    write: (bytes) => terminal.write(bytes),
    focus: () => terminal.focus(),
    close: () => {
      observer.disconnect();
      terminal.dispose();
    },
  };
}

/**
 * A terminal answers some sequences by typing. Output that merely passes by must not type for the user: answers are given
 * only while the user is in the terminal, and those that tell or change more than the cursor's place never.
 */
function keepQuiet(terminal: Terminal): void {
  const unlessFocused = (): boolean =>
    terminal.element?.contains(terminal.element.doc.activeElement) !== true;
  const { parser } = terminal;
  for (const id of [
    { final: 'c' },
    { prefix: '>', final: 'c' },
    { final: 'n' },
    { prefix: '?', final: 'n' },
  ]) {
    parser.registerCsiHandler(id, unlessFocused);
  }
  parser.registerCsiHandler({ prefix: '?', intermediates: '$', final: 'p' }, () => true);
  parser.registerCsiHandler({ intermediates: '$', final: 'p' }, () => true);
  parser.registerCsiHandler({ final: 't' }, () => true);
  parser.registerDcsHandler({ intermediates: '$', final: 'q' }, () => true);
  parser.registerDcsHandler({ intermediates: '+', final: 'q' }, () => true);
  // Titles, colours, clipboard, links, working directories, notifications, other terminals' own.
  for (const number of [0, 1, 2, 4, 7, 8, 9, 10, 11, 12, 52, 104, 110, 111, 112, 633, 777, 1337, 7717]) {
    parser.registerOscHandler(number, () => true);
  }
}

function guardPaste(
  parent: HTMLElement,
  terminal: Terminal,
  mayPaste: (text: string) => Promise<boolean>,
): void {
  parent.addEventListener(
    'paste',
    (event) => {
      event.preventDefault();
      event.stopPropagation();
      const text = event.clipboardData?.getData('text/plain') ?? '';
      // A program that asked for bracketed paste knows typing from pasting.
      const allowed = terminal.modes.bracketedPasteMode ? Promise.resolve(true) : mayPaste(text);
      void allowed.then((yes) => {
        if (yes) terminal.paste(text);
        terminal.focus();
      });
    },
    { capture: true },
  );
}
