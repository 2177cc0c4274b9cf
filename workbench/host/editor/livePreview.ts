/**
 * Live Preview, modestly: the look of a rendered note while it is edited. Marks hide where the cursor is not; headings
 * are sized, code and quotes get a background. What the app draws as blocks of their own (tables, callouts) stays text.
 */
import { syntaxTree } from '@codemirror/language';
import type { EditorState, Range } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import type { SyntaxNodeRef } from '@lezer/common';
import { getLinkpath } from '../base/paths';
import { editorInfoField, editorLivePreviewField } from './fields';
import { calloutColour } from '../render/callouts';
import { BulletWidget, CheckboxWidget, LanguageWidget, RuleWidget } from './widgets';

const hidden = Decoration.replace({});

/** What is collected for the visible part of one state. */
class Builder {
  readonly ranges: Range<Decoration>[] = [];

  constructor(
    readonly state: EditorState,
    readonly isLive: boolean,
  ) {}

  line(position: number, cls: string, attributes: Record<string, string> = {}): void {
    const { from } = this.state.doc.lineAt(position);
    this.ranges.push(Decoration.line({ class: cls, attributes }).range(from));
  }

  mark(from: number, to: number, cls: string, attributes: Record<string, string> = {}): void {
    if (from < to) this.ranges.push(Decoration.mark({ class: cls, attributes }).range(from, to));
  }

  replace(from: number, to: number, decoration = hidden): void {
    if (this.isLive && from < to) this.ranges.push(decoration.range(from, to));
  }

  /** True when the cursor or selection touches the range, whose marks then stay visible. */
  touches(from: number, to: number): boolean {
    return this.state.selection.ranges.some((range) => range.from <= to && range.to >= from);
  }

  /** Whether the vault has the note that a link means. */
  leadsTo(linktext: string): boolean {
    const { app, file } = this.state.field(editorInfoField);
    return app.metadataCache.getFirstLinkpathDest(getLinkpath(linktext), file?.path ?? '') !== null;
  }

  touchesLine(position: number): boolean {
    const { from, to } = this.state.doc.lineAt(position);
    return this.touches(from, to);
  }
}

function decorate(view: EditorView): DecorationSet {
  const builder = new Builder(view.state, view.state.field(editorLivePreviewField));
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({ from, to, enter: (node) => decorateNode(builder, node) });
    decorateWikilinks(builder, from, to);
    decorateHighlights(builder, from, to);
  }
  return Decoration.set(builder.ranges, true);
}

/** False when nothing inside the node is to be decorated. */
function decorateNode(builder: Builder, node: SyntaxNodeRef): boolean {
  const { name, from, to } = node;
  const heading = /^(?:ATX|Setext)Heading(\d)$/.exec(name)?.[1];
  if (heading !== undefined) builder.line(from, `HyperMD-header HyperMD-header-${heading}`);
  switch (name) {
    case 'Frontmatter':
      eachLine(builder, from, to, (position) => builder.line(position, 'HyperMD-frontmatter'));
      return false;
    case 'FencedCode':
      decorateFence(builder, node);
      return true;
    case 'CodeText':
    case 'CodeBlock':
      return name === 'CodeBlock';
    case 'HeaderMark':
      if (!builder.touchesLine(from))
        builder.replace(from, Math.min(to + 1, builder.state.doc.lineAt(from).to));
      return true;
    case 'EmphasisMark':
    case 'CodeMark':
    case 'StrikethroughMark': {
      const parent = node.node.parent;
      if (parent?.name !== 'FencedCode' && !builder.touches(parent?.from ?? from, parent?.to ?? to)) {
        builder.replace(from, to);
      }
      return true;
    }
    case 'Blockquote':
      decorateQuote(builder, from, to);
      return true;
    case 'QuoteMark':
      if (!builder.touchesLine(from)) builder.replace(from, to);
      return true;
    case 'ListMark':
      decorateListMark(builder, node);
      return true;
    case 'TaskMarker':
      if (!builder.touches(from, to)) {
        builder.replace(from, to, Decoration.replace({ widget: new CheckboxWidget(mark(builder, from)) }));
      }
      return true;
    case 'Link':
      decorateLink(builder, node);
      return true;
    case 'HorizontalRule':
      if (!builder.touchesLine(from))
        builder.replace(from, to, Decoration.replace({ widget: new RuleWidget() }));
      return true;
    default:
      return true;
  }
}

function mark(builder: Builder, from: number): string {
  return builder.state.sliceDoc(from + 1, from + 2);
}

function decorateFence(builder: Builder, node: SyntaxNodeRef): void {
  const { from, to } = node;
  const { doc } = builder.state;
  const first = doc.lineAt(from).number;
  const last = doc.lineAt(to).number;
  const isEdited = builder.touches(doc.line(first).from, to);
  eachLine(builder, from, to, (position) => {
    const { number } = doc.lineAt(position);
    const place =
      number === first ? ' HyperMD-codeblock-begin' : number === last ? ' HyperMD-codeblock-end' : '';
    builder.line(position, `HyperMD-codeblock HyperMD-codeblock-bg${place}`);
  });
  const info = node.node.getChild('CodeInfo');
  if (isEdited) return;
  const opening = doc.line(first);
  const widget = new LanguageWidget(info === null ? '' : builder.state.sliceDoc(info.from, info.to));
  builder.replace(from, opening.to, Decoration.replace({ widget }));
  const closing = doc.line(last);
  if (last > first && /^[\s>]*(`{3,}|~{3,})\s*$/.test(closing.text))
    builder.replace(closing.from, closing.to);
}

function decorateQuote(builder: Builder, from: number, to: number): void {
  const type = /^>\s*\[!([^\]]+)\]/.exec(builder.state.doc.lineAt(from).text)?.[1];
  const cls = type === undefined ? 'HyperMD-quote' : 'HyperMD-quote HyperMD-callout';
  const style: Record<string, string> =
    type === undefined ? {} : { style: `--callout-color: var(${calloutColour(type)})` };
  eachLine(builder, from, to, (position) => builder.line(position, cls, style));
}

function decorateListMark(builder: Builder, node: SyntaxNodeRef): void {
  const { from, to } = node;
  builder.line(from, 'HyperMD-list-line');
  builder.mark(from, to, 'cm-formatting-list');
  const isBullet = node.node.parent?.parent?.name === 'BulletList';
  if (!isBullet || builder.touches(from, to)) return;
  const isTask = /^\s+\[.\]\s/.test(builder.state.sliceDoc(to, to + 6));
  if (isTask) builder.replace(from, to + 1);
  else builder.replace(from, to, Decoration.replace({ widget: new BulletWidget() }));
}

function decorateLink(builder: Builder, node: SyntaxNodeRef): void {
  const url = node.node.getChild('URL');
  const marks = node.node.getChildren('LinkMark');
  const [open, close] = marks;
  if (url === null || open === undefined || close === undefined) return;
  const href = builder.state.sliceDoc(url.from, url.to);
  builder.mark(open.to, close.from, 'cm-link', { 'data-href': href });
  if (builder.touches(node.from, node.to)) return;
  builder.replace(open.from, open.to);
  builder.replace(close.from, node.to);
}

function decorateWikilinks(builder: Builder, from: number, to: number): void {
  const text = builder.state.sliceDoc(from, to);
  for (const match of text.matchAll(/!?\[\[([^[\]|\n]+)(\|[^[\]\n]*)?\]\]/g)) {
    const start = from + match.index;
    const end = start + match[0].length;
    const inside = syntaxTree(builder.state).resolveInner(start + 2, 1);
    if (isCode(inside.name) || isCode(inside.parent?.name ?? '')) continue;
    const target = match[1] ?? '';
    const opening = start + match[0].indexOf('[[') + 2;
    const textStart = match[2] === undefined ? opening : opening + target.length + 1;
    const unresolved = builder.leadsTo(target) ? '' : ' is-unresolved';
    builder.mark(textStart, end - 2, `cm-hmd-internal-link${unresolved}`, { 'data-href': target });
    if (builder.touches(start, end)) continue;
    builder.replace(start, textStart);
    builder.replace(end - 2, end);
  }
}

function decorateHighlights(builder: Builder, from: number, to: number): void {
  for (const match of builder.state.sliceDoc(from, to).matchAll(/==[^=\n]+==/g)) {
    const start = from + match.index;
    const end = start + match[0].length;
    if (isCode(syntaxTree(builder.state).resolveInner(start + 2, 1).name)) continue;
    builder.mark(start + 2, end - 2, 'cm-highlight');
    if (builder.touches(start, end)) continue;
    builder.replace(start, start + 2);
    builder.replace(end - 2, end);
  }
}

function isCode(name: string): boolean {
  return /^(FencedCode|CodeText|CodeBlock|InlineCode|CodeInfo|Frontmatter)$/.test(name);
}

function eachLine(builder: Builder, from: number, to: number, visit: (position: number) => void): void {
  const { doc } = builder.state;
  for (let number = doc.lineAt(from).number; number <= doc.lineAt(to).number; number++) {
    visit(doc.line(number).from);
  }
}

export const livePreview = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }

    update(update: ViewUpdate): void {
      const modeChanged =
        update.startState.field(editorLivePreviewField) !== update.state.field(editorLivePreviewField);
      const parsedFurther = syntaxTree(update.startState) !== syntaxTree(update.state);
      if (
        update.docChanged ||
        update.selectionSet ||
        update.viewportChanged ||
        modeChanged ||
        parsedFurther
      ) {
        this.decorations = decorate(update.view);
      }
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
