/** In Live Preview the YAML at the head of a note is shown as its properties, until the cursor goes in. */
import { type EditorState, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import { getFrontMatterInfo, parseFrontmatter } from '../metadata/frontmatter';
import { propertiesTable } from '../render/properties';
import { editorInfoField, editorLivePreviewField } from './fields';

class PropertiesWidget extends WidgetType {
  constructor(private readonly yaml: string) {
    super();
  }

  override eq(other: PropertiesWidget): boolean {
    return other.yaml === this.yaml;
  }

  toDOM(view: EditorView): HTMLElement {
    const { app, file } = view.state.field(editorInfoField);
    const table = propertiesTable(parseFrontmatter(this.yaml) ?? {}, app, file?.path ?? '');
    table.addEventListener('toggle', () => view.requestMeasure());
    return table;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

function decorate(state: EditorState): DecorationSet {
  if (!state.field(editorLivePreviewField)) return Decoration.none;
  // Properties stand at the head; a long note need not become one string for them.
  const head = state.sliceDoc(0, 20_000);
  const info = getFrontMatterInfo(head);
  const block = head.slice(0, info.contentStart);
  if (!info.exists || parseFrontmatter(block) === null) return Decoration.none;
  const end = block.trimEnd().length;
  const isEdited = state.selection.ranges.some((range) => range.from < end && range.to > 0);
  if (isEdited) return Decoration.none;
  return Decoration.set(
    Decoration.replace({ widget: new PropertiesWidget(block), block: true }).range(0, end),
  );
}

export const propertiesBlock = StateField.define<DecorationSet>({
  create: decorate,
  update: (value, transaction) =>
    transaction.docChanged || transaction.selection !== undefined || transaction.effects.length > 0
      ? decorate(transaction.state)
      : value,
  provide: (field) => EditorView.decorations.from(field),
});
