/** The title of a note above its text. In Live Preview the YAML at the head of a note is shown as its properties, until the cursor goes in. */
import { type EditorState, type Range, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import { makeElement } from '../dom/create';
import { getFrontMatterInfo, parseFrontmatter } from '../metadata/frontmatter';
import { propertiesTable } from '../render/properties';
import { editorInfoField, editorLivePreviewField } from './fields';

/** In characters. */
const longestProperties = 20_000;

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

class TitleWidget extends WidgetType {
  constructor(private readonly title: string) {
    super();
  }

  override eq(other: TitleWidget): boolean {
    return other.title === this.title;
  }

  toDOM(): HTMLElement {
    return makeElement('div', { cls: 'inline-title', text: this.title });
  }
}

function decorate(state: EditorState): DecorationSet {
  const title = state.field(editorInfoField).file?.basename;
  const widgets: Range<Decoration>[] = [];
  if (title !== undefined) {
    widgets.push(Decoration.widget({ widget: new TitleWidget(title), block: true, side: -1 }).range(0));
  }
  const properties = propertiesOf(state);
  if (properties !== null) {
    const widget = new PropertiesWidget(properties);
    widgets.push(Decoration.replace({ widget, block: true }).range(0, properties.trimEnd().length));
  }
  return Decoration.set(widgets, true);
}

/** The block to show as properties; null where it is shown as text, or where there is none. */
function propertiesOf(state: EditorState): string | null {
  if (!state.field(editorLivePreviewField)) return null;
  // Properties stand at the head; a long note need not become one string for them.
  const head = state.sliceDoc(0, longestProperties);
  const info = getFrontMatterInfo(head);
  const block = head.slice(0, info.contentStart);
  if (!info.exists || parseFrontmatter(block) === null) return null;
  const end = block.trimEnd().length;
  const isEdited = state.selection.ranges.some((range) => range.from < end && range.to > 0);
  return isEdited ? null : block;
}

export const propertiesBlock = StateField.define<DecorationSet>({
  create: decorate,
  update: (value, transaction) =>
    transaction.docChanged || transaction.selection !== undefined || transaction.effects.length > 0
      ? decorate(transaction.state)
      : value,
  provide: (field) => EditorView.decorations.from(field),
});
