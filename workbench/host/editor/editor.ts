/** Obsidian's `Editor` over CodeMirror (obsidian.d.ts "abstract class Editor"). Lines and columns count from 0. */
import {
  cursorCharLeft,
  cursorCharRight,
  cursorDocEnd,
  cursorDocStart,
  cursorGroupLeft,
  cursorGroupRight,
  cursorLineDown,
  cursorLineUp,
  deleteLine,
  indentLess,
  indentMore,
  insertNewlineAndIndent,
  moveLineDown,
  moveLineUp,
  redo,
  undo,
} from '@codemirror/commands';
import { foldAll, toggleFold, unfoldAll } from '@codemirror/language';
import { EditorSelection } from '@codemirror/state';
import { type Command, EditorView } from '@codemirror/view';
import type * as O from 'obsidian';

const commands: Readonly<Record<O.EditorCommandName, Command>> = {
  goUp: cursorLineUp,
  goDown: cursorLineDown,
  goLeft: cursorCharLeft,
  goRight: cursorCharRight,
  goStart: cursorDocStart,
  goEnd: cursorDocEnd,
  goWordLeft: cursorGroupLeft,
  goWordRight: cursorGroupRight,
  indentMore,
  indentLess,
  newlineAndIndent: insertNewlineAndIndent,
  swapLineUp: moveLineUp,
  swapLineDown: moveLineDown,
  deleteLine,
  toggleFold,
  foldAll,
  unfoldAll,
};

export class Editor implements O.Editor {
  /** The CodeMirror view. Undocumented, but what plugins have always used. */
  constructor(readonly cm: EditorView) {}

  getDoc(): this {
    return this;
  }

  refresh(): void {
    this.cm.requestMeasure();
  }

  getValue(): string {
    return this.cm.state.doc.toString();
  }

  setValue(content: string): void {
    this.cm.dispatch({ changes: { from: 0, to: this.cm.state.doc.length, insert: content } });
  }

  getLine(line: number): string {
    return this.cm.state.doc.line(line + 1).text;
  }

  setLine(line: number, text: string): void {
    const { from, to } = this.cm.state.doc.line(line + 1);
    this.cm.dispatch({ changes: { from, to, insert: text } });
  }

  lineCount(): number {
    return this.cm.state.doc.lines;
  }

  lastLine(): number {
    return this.cm.state.doc.lines - 1;
  }

  getSelection(): string {
    const { from, to } = this.cm.state.selection.main;
    return this.cm.state.sliceDoc(from, to);
  }

  somethingSelected(): boolean {
    return this.cm.state.selection.ranges.some((range) => !range.empty);
  }

  getRange(from: O.EditorPosition, to: O.EditorPosition): string {
    return this.cm.state.sliceDoc(this.posToOffset(from), this.posToOffset(to));
  }

  replaceSelection(replacement: string, origin?: string): void {
    this.cm.dispatch(this.cm.state.replaceSelection(replacement), { userEvent: origin ?? 'input' });
  }

  replaceRange(replacement: string, from: O.EditorPosition, to = from, origin?: string): void {
    this.cm.dispatch({
      changes: { from: this.posToOffset(from), to: this.posToOffset(to), insert: replacement },
      ...(origin === undefined ? {} : { userEvent: origin }),
    });
  }

  getCursor(side: 'from' | 'to' | 'head' | 'anchor' = 'head'): O.EditorPosition {
    return this.offsetToPos(this.cm.state.selection.main[side]);
  }

  listSelections(): O.EditorSelection[] {
    return this.cm.state.selection.ranges.map(({ anchor, head }) => ({
      anchor: this.offsetToPos(anchor),
      head: this.offsetToPos(head),
    }));
  }

  setCursor(position: O.EditorPosition | number, ch = 0): void {
    this.setSelection(typeof position === 'number' ? { line: position, ch } : position);
  }

  setSelection(anchor: O.EditorPosition, head = anchor): void {
    this.setSelections([{ anchor, head }]);
  }

  setSelections(ranges: O.EditorSelectionOrCaret[], main = 0): void {
    const selections = ranges.map(({ anchor, head }) =>
      EditorSelection.range(this.posToOffset(anchor), this.posToOffset(head ?? anchor)),
    );
    this.cm.dispatch({ selection: EditorSelection.create(selections, main), scrollIntoView: true });
  }

  focus(): void {
    this.cm.focus();
  }

  blur(): void {
    this.cm.contentDOM.blur();
  }

  hasFocus(): boolean {
    return this.cm.hasFocus;
  }

  getScrollInfo(): O.EditorScrollInfo {
    const { scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight } = this.cm.scrollDOM;
    return {
      left: scrollLeft,
      top: scrollTop,
      width: scrollWidth,
      height: scrollHeight,
      clientWidth,
      clientHeight,
    };
  }

  scrollTo(x?: number | null, y?: number | null): void {
    this.cm.scrollDOM.scrollTo({
      ...(typeof x === 'number' ? { left: x } : {}),
      ...(typeof y === 'number' ? { top: y } : {}),
    });
  }

  scrollIntoView(range: O.EditorRange, center = false): void {
    const target = EditorSelection.range(this.posToOffset(range.from), this.posToOffset(range.to));
    this.cm.dispatch({ effects: EditorView.scrollIntoView(target, { y: center ? 'center' : 'nearest' }) });
  }

  undo(): void {
    undo(this.cm);
  }

  redo(): void {
    redo(this.cm);
  }

  exec(command: O.EditorCommandName): void {
    commands[command](this.cm);
  }

  transaction(transaction: O.EditorTransaction, origin?: string): void {
    const { changes = [], replaceSelection, selection, selections } = transaction;
    if (replaceSelection !== undefined) this.replaceSelection(replaceSelection, origin);
    this.cm.dispatch({
      changes: changes.map(({ from, to, text }) => ({
        from: this.posToOffset(from),
        to: this.posToOffset(to ?? from),
        insert: text,
      })),
      ...(origin === undefined ? {} : { userEvent: origin }),
    });
    const wanted = selections ?? (selection === undefined ? [] : [selection]);
    if (wanted.length > 0) {
      this.setSelections(wanted.map(({ from, to }) => ({ anchor: from, head: to ?? from })));
    }
  }

  wordAt(position: O.EditorPosition): O.EditorRange | null {
    const word = this.cm.state.wordAt(this.posToOffset(position));
    return word === null ? null : { from: this.offsetToPos(word.from), to: this.offsetToPos(word.to) };
  }

  /** Positions past the end of a line or of the note mean its end. */
  posToOffset({ line, ch }: O.EditorPosition): number {
    const { doc } = this.cm.state;
    if (line >= doc.lines) return doc.length;
    const found = doc.line(Math.max(0, line) + 1);
    return Math.min(found.to, found.from + Math.max(0, ch));
  }

  offsetToPos(offset: number): O.EditorPosition {
    const { doc } = this.cm.state;
    const line = doc.lineAt(Math.min(Math.max(0, offset), doc.length));
    return { line: line.number - 1, ch: Math.min(offset, doc.length) - line.from };
  }

  /** Reads every line first and then applies all writes as one change (obsidian.d.ts "Editor.processLines"). */
  processLines<T>(
    read: (line: number, lineText: string) => T | null,
    write: (line: number, lineText: string, value: T | null) => O.EditorChange | void,
    ignoreEmpty = true,
  ): void {
    const lines = Array.from({ length: this.lineCount() }, (_, line) => ({
      line,
      text: this.getLine(line),
    })).filter(({ text }) => !ignoreEmpty || text !== '');
    const values = lines.map(({ line, text }) => read(line, text));
    const changes = lines.flatMap(({ line, text }, index) => write(line, text, values[index] ?? null) ?? []);
    if (changes.length > 0) this.transaction({ changes });
  }
}
