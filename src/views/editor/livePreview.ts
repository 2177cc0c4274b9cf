import { StateField, type EditorState, type Extension, type Range } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';
import { editorLivePreviewField } from 'obsidian';
import type { CellDesk } from '../cell/cellDesk';
import type { NoteCells } from '../noteCells';
import { cellField, sameCells, type NoteCellState } from './cellField';
import { isShown } from '../cell/shown';
import { CellWidget } from './cellWidget';
import { noteOf } from './noteOf';

/** Cells in Live Preview: a widget below the closing fence of each shell block. Source mode stays plain text. */
export function cellsInLivePreview(desk: CellDesk, notes: NoteCells): Extension {
  // Block decorations must come from a state field: CodeMirror refuses them from a view plugin.
  const widgets = StateField.define<{ readonly set: DecorationSet; readonly basis: Basis }>({
    create: (state) => build(state, desk),
    update: (value, transaction) => {
      if (!sameBasis(value.basis, basisOf(transaction.state))) return build(transaction.state, desk);
      return transaction.docChanged
        ? { set: value.set.map(transaction.changes), basis: basisOf(transaction.state) }
        : value;
    },
    provide: (field) => EditorView.decorations.from(field, ({ set }) => set),
  });
  // Runs follow cells whose code was edited; that is an effect, and state fields have none. A plugin is told before the
  // widgets are drawn anew, an update listener after: by then they would have shown the edited cell without its run.
  const follow = ViewPlugin.define(() => ({
    update(update: ViewUpdate) {
      if (!update.docChanged) return;
      const note = noteOf(update.state);
      if (note === null) return;
      const before = update.startState.field(cellField).scanned;
      const after = update.state.field(cellField).scanned;
      const { doc } = update.state;
      if (before === after && notes.knows(note)) {
        notes.retext(note, () => doc.toString());
        return;
      }
      if (!notes.knows(note)) notes.see(note, update.startState.doc.toString(), before);
      notes.see(note, doc.toString(), after);
    },
  }));
  return [cellField, widgets, follow];
}

/** What the widgets are derived from. */
interface Basis {
  readonly cells: NoteCellState | undefined;
  readonly note: string | null;
  readonly live: boolean;
}

function basisOf(state: EditorState): Basis {
  return {
    cells: state.field(cellField, false),
    note: noteOf(state),
    live: state.field(editorLivePreviewField, false) ?? false,
  };
}

function sameBasis(a: Basis, b: Basis): boolean {
  const { cells } = b;
  const areSame =
    a.cells === cells || (a.cells !== undefined && cells !== undefined && sameCells(a.cells, cells));
  return areSame && a.note === b.note && a.live === b.live;
}

function build(state: EditorState, desk: CellDesk): { set: DecorationSet; basis: Basis } {
  const basis = basisOf(state);
  const { note, live } = basis;
  if (note === null || !live) return { set: Decoration.none, basis };
  const ranges: Range<Decoration>[] = state
    .field(cellField)
    .placed.filter(({ cell }) => isShown(cell))
    .map(({ cell, to }) =>
      Decoration.widget({ widget: new CellWidget(desk, note, cell), block: true, side: 1 }).range(to),
    );
  return { set: Decoration.set(ranges), basis };
}
