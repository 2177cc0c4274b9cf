/** Callouts, tables and embedded notes, which Live Preview shows rendered until the cursor goes in. */
import { ensureSyntaxTree, syntaxTree } from '@codemirror/language';
import { type EditorState, type Range, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import { Component } from '../base/component';
import { makeElement } from '../dom/create';
import { MarkdownRenderer } from '../render/renderer';
import { editorInfoField, editorLivePreviewField } from './fields';

/** What the editor may spend on parsing before it decorates, in ms. */
const parseBudgetMs = 50;
const lives = new WeakMap<HTMLElement, Component>();

class RenderedWidget extends WidgetType {
  constructor(private readonly source: string) {
    super();
  }

  override eq(other: RenderedWidget): boolean {
    return other.source === this.source;
  }

  toDOM(view: EditorView): HTMLElement {
    const element = makeElement('div', 'cm-embed-block markdown-rendered');
    const { app, file } = view.state.field(editorInfoField);
    const life = new Component();
    life.load();
    lives.set(element, life);
    void MarkdownRenderer.render(app, this.source, element, file?.path ?? '', life).then(() =>
      view.requestMeasure(),
    );
    // Folding a callout changes its height.
    element.addEventListener('click', () => view.requestMeasure());
    element.addEventListener('dblclick', () => {
      view.dispatch({ selection: { anchor: view.posAtDOM(element) } });
      view.focus();
    });
    return element;
  }

  override destroy(element: HTMLElement): void {
    lives.get(element)?.unload();
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

function decorate(state: EditorState): DecorationSet {
  if (!state.field(editorLivePreviewField)) return Decoration.none;
  const found: Range<Decoration>[] = [];
  const tree = ensureSyntaxTree(state, state.doc.length, parseBudgetMs) ?? syntaxTree(state);
  for (let node = tree.topNode.firstChild; node !== null; node = node.nextSibling) {
    const from = state.doc.lineAt(node.from).from;
    const to = state.doc.lineAt(node.to).to;
    if (!isRendered(node.name, state.sliceDoc(from, Math.min(to, from + 300)))) continue;
    if (state.selection.ranges.some((range) => range.from <= to && range.to >= from)) continue;
    const widget = new RenderedWidget(state.sliceDoc(from, to));
    found.push(Decoration.replace({ widget, block: true }).range(from, to));
  }
  return Decoration.set(found);
}

function isRendered(name: string, start: string): boolean {
  if (name === 'Paragraph') return /^!\[\[[^[\]\n]+\]\]\s*$/.test(start);
  return name === 'Table' || (name === 'Blockquote' && /^>\s*\[!/.test(start));
}

export const renderedBlocks = StateField.define<DecorationSet>({
  create: decorate,
  update: (value, transaction) =>
    transaction.docChanged ||
    transaction.selection !== undefined ||
    transaction.effects.length > 0 ||
    syntaxTree(transaction.startState) !== syntaxTree(transaction.state)
      ? decorate(transaction.state)
      : value,
  provide: (field) => EditorView.decorations.from(field),
});
