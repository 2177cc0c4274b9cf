import { StateField, type EditorState, type Extension } from '@codemirror/state';
import { Decoration, EditorView, WidgetType, type DecorationSet } from '@codemirror/view';
import {
  editorLivePreviewField,
  getFrontMatterInfo,
  MarkdownRenderChild,
  type MarkdownPostProcessorContext,
} from 'obsidian';
import { findBodyLine } from '../../markdown/frontmatter';
import { noteOf } from '../editor/noteOf';
import { pathChanged } from './pathChanged';
import {
  drawStepHeader,
  sameHeader,
  stepHeaderOf,
  type StepHeader,
  type StepHeaderParts,
} from './stepHeader';

class HeaderWidget extends WidgetType {
  constructor(
    private readonly header: StepHeader,
    private readonly parts: StepHeaderParts,
  ) {
    super();
  }

  override eq(other: HeaderWidget): boolean {
    return sameHeader(this.header, other.header);
  }

  override toDOM(): HTMLElement {
    const element = createDiv();
    drawStepHeader(element, this.header, this.parts);
    return element;
  }
}

interface Shown {
  readonly header: StepHeader | null;
  readonly set: DecorationSet;
}

/** The strip above the words of a note that is on the path, in Live Preview. */
export function stepHeaderInLivePreview(parts: StepHeaderParts): Extension {
  const headerOf = (state: EditorState): StepHeader | null =>
    state.field(editorLivePreviewField, false) === true ? stepHeaderOf(parts, noteOf(state)) : null;
  const build = (state: EditorState, header: StepHeader | null): Shown => {
    if (!header) return { header, set: Decoration.none };
    const widget = new HeaderWidget(header, parts);
    // Frontmatter longer than this is not what the strip is for.
    const at = getFrontMatterInfo(state.sliceDoc(0, 20_000)).contentStart;
    return { header, set: Decoration.set(Decoration.widget({ widget, block: true, side: -1 }).range(at)) };
  };
  // Block decorations must come from a state field: CodeMirror refuses them from a view plugin.
  return StateField.define<Shown>({
    create: (state) => build(state, headerOf(state)),
    update: (value, transaction) => {
      const told = transaction.effects.some((effect) => effect.is(pathChanged));
      const modes = [transaction.startState, transaction.state].map((state) =>
        state.field(editorLivePreviewField, false),
      );
      if (told || modes[0] !== modes[1]) return build(transaction.state, headerOf(transaction.state));
      return transaction.docChanged ? { ...value, set: value.set.map(transaction.changes) } : value;
    },
    provide: (field) => EditorView.decorations.from(field, ({ set }) => set),
  });
}

/** The same strip in Reading view, above the first section. */
export function stepHeaderInReadingView(parts: StepHeaderParts) {
  return (element: HTMLElement, context: MarkdownPostProcessorContext): void => {
    const section = context.getSectionInfo(element);
    if (!section) return;
    const lines = section.text.split('\n');
    const above = lines.slice(findBodyLine(lines) - 1, section.lineStart);
    if (section.lineStart < findBodyLine(lines) - 1 || above.some((line) => line.trim() !== '')) return;
    const strip = createDiv();
    element.prepend(strip);
    context.addChild(new HeaderChild(strip, context.sourcePath, parts));
  };
}

class HeaderChild extends MarkdownRenderChild {
  constructor(
    private readonly strip: HTMLElement,
    private readonly note: string,
    private readonly parts: StepHeaderParts,
  ) {
    super(strip);
  }

  override onload(): void {
    this.draw();
    this.register(this.parts.index.changed.on(() => this.draw()));
  }

  private draw(): void {
    this.strip.empty();
    const header = stepHeaderOf(this.parts, this.note);
    if (header) drawStepHeader(this.strip, header, this.parts);
  }
}
