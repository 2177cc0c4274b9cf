/** The CodeMirror editor inside a Markdown view. */
import { indentWithTab } from '@codemirror/commands';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import { EditorView, minimalSetup } from 'codemirror';
import type * as O from 'obsidian';
import { elementOf } from '../dom/windows';
import {
  editorEditorField,
  editorInfoField,
  editorLivePreviewField,
  livePreviewState,
} from '../editor/fields';
import { livePreview } from '../editor/livePreview';
import { markdownLanguageExtension } from '../editor/markdownLanguage';
import { pluginExtensions } from '../editor/pluginExtensions';
import { propertiesBlock } from '../editor/propertiesBlock';
import { renderedBlocks } from '../editor/renderedBlocks';
import { getFrontMatterInfo } from '../metadata/frontmatter';

export interface NoteEditorEvents {
  onChange(): void;
  onLink(target: string, event: MouseEvent): void;
  onHover(link: HTMLElement, event: MouseEvent): void;
}

/** A fresh state for `text`: undo does not reach back into the note that was shown before. */
export function noteState(
  text: string,
  isLive: boolean,
  info: O.MarkdownFileInfo,
  view: EditorView,
  events: NoteEditorEvents,
): EditorState {
  return EditorState.create({
    doc: text,
    // The cursor begins below the properties, which would else open for it.
    selection: { anchor: isLive ? getFrontMatterInfo(text).contentStart : 0 },
    extensions: [
      editorInfoField.init(() => info),
      editorLivePreviewField.init(() => isLive),
      editorEditorField.init(() => view),
      livePreviewState,
      pluginExtensions(),
      noteExtensions(events),
    ],
  });
}

function noteExtensions(events: NoteEditorEvents): Extension {
  return [
    minimalSetup,
    highlightSelectionMatches(),
    EditorView.lineWrapping,
    EditorState.allowMultipleSelections.of(true),
    keymap.of([...searchKeymap, indentWithTab]),
    markdownLanguageExtension(),
    livePreview,
    propertiesBlock,
    renderedBlocks,
    EditorView.contentAttributes.of({ 'aria-label': 'Note', spellcheck: 'false' }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) events.onChange();
    }),
    EditorView.domEventHandlers({
      mouseover(event) {
        const link = elementOf(event)?.closest<HTMLElement>('[data-href]') ?? null;
        if (link !== null) events.onHover(link, event);
        return false;
      },
      mousedown(event, view) {
        const link = elementOf(event)?.closest<HTMLElement>('[data-href]') ?? null;
        const target = link?.dataset['href'];
        if (target === undefined) return false;
        const isRendered = view.state.field(editorLivePreviewField) && !isEdited(view, link);
        if (!isRendered && !event.ctrlKey && !event.metaKey) return false;
        event.preventDefault();
        events.onLink(target, event);
        return true;
      },
    }),
  ];
}

/** In Live Preview a link under the cursor is text to edit; elsewhere it is a link to follow. */
function isEdited(view: EditorView, link: Element | null): boolean {
  if (link === null) return false;
  const at = view.posAtDOM(link);
  const { from, to } = view.state.doc.lineAt(at);
  const { head } = view.state.selection.main;
  return view.hasFocus && head >= from && head <= to;
}
