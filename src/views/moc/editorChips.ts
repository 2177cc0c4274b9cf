import { StateEffect, type Extension, type Range } from '@codemirror/state';
import {
  Decoration,
  ViewPlugin,
  WidgetType,
  type DecorationSet,
  type EditorView,
  type ViewUpdate,
} from '@codemirror/view';
import { editorLivePreviewField } from 'obsidian';
import type { PathRow } from '../../path/model';
import { noteOf } from '../editor/livePreview';
import type { PathActions } from '../path/actions';
import { lookOf } from '../../path/look';
import type { PathIndex } from '../path/pathIndex';
import { findRows } from './mocRows';
import { rowChip } from './rowChip';

const pathChanged = StateEffect.define<null>();

/** Chips behind the rows of a MOC in Live Preview. */
export function mocChipsInLivePreview(index: PathIndex, actions: PathActions): Extension {
  return ViewPlugin.define((view) => new MocChips(view, index, actions), {
    decorations: (chips) => chips.decorations,
  });
}

class MocChips {
  decorations: DecorationSet;
  private readonly unsubscribe: () => void;

  constructor(
    view: EditorView,
    private readonly index: PathIndex,
    private readonly actions: PathActions,
  ) {
    this.decorations = this.build(view);
    this.unsubscribe = index.changed.on(() => view.dispatch({ effects: pathChanged.of(null) }));
  }

  update(update: ViewUpdate): void {
    const live = (state: ViewUpdate['state']): boolean => state.field(editorLivePreviewField, false) ?? false;
    const refresh =
      update.transactions.some(({ effects }) => effects.some((effect) => effect.is(pathChanged))) ||
      live(update.state) !== live(update.startState) ||
      noteOf(update.state) !== noteOf(update.startState);
    if (refresh) this.decorations = this.build(update.view);
    else if (update.docChanged) this.decorations = this.decorations.map(update.changes);
  }

  destroy(): void {
    this.unsubscribe();
  }

  private build({ state }: EditorView): DecorationSet {
    const note = noteOf(state);
    const moc = note === null ? null : this.index.moc(note);
    if (!moc || state.field(editorLivePreviewField, false) !== true) return Decoration.none;
    const lines = state.doc.toString().split('\n');
    const chips = findRows(moc, lines).map(({ line, row }): Range<Decoration> => {
      const widget = new ChipWidget(moc.path, row, this.actions);
      return Decoration.widget({ widget, side: 1 }).range(state.doc.line(line).to);
    });
    return Decoration.set(chips, true);
  }
}

class ChipWidget extends WidgetType {
  constructor(
    private readonly moc: string,
    private readonly row: PathRow,
    private readonly actions: PathActions,
  ) {
    super();
  }

  override eq(other: ChipWidget): boolean {
    return (
      other.moc === this.moc &&
      other.row.node.id === this.row.node.id &&
      other.row.row.title === this.row.row.title &&
      lookOf(other.row.node) === lookOf(this.row.node)
    );
  }

  override toDOM(): HTMLElement {
    return rowChip(this.moc, this.row, this.actions);
  }
}
