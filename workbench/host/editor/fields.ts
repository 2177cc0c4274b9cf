/** State that plugins read off an editor (obsidian.d.ts "editorInfoField", "editorLivePreviewField", "editorEditorField"). */
import { StateEffect, StateField } from '@codemirror/state';
import { type EditorView, ViewPlugin } from '@codemirror/view';
import type * as O from 'obsidian';

/** The view around the editor. Always set: editors are made with `editorInfoField.init(() => view)`. */
export const editorInfoField = StateField.define<O.MarkdownFileInfo>({
  create: () => {
    throw new Error('This editor was made without its Markdown view.');
  },
  update: (info) => info,
});

export const setLivePreview = StateEffect.define<boolean>();

/** True in Live Preview, false in Source mode. */
export const editorLivePreviewField = StateField.define<boolean>({
  create: () => true,
  update: (value, transaction) =>
    transaction.effects.reduce(
      (latest, effect) => (effect.is(setLivePreview) ? effect.value : latest),
      value,
    ),
});

/** The EditorView itself; set right after it is made, so extensions meet it in every later state. */
export const editorEditorField = StateField.define<EditorView>({
  create: () => {
    throw new Error('This editor was made without its view.');
  },
  update: (view) => view,
});

class MouseState implements O.LivePreviewStateType {
  mousedown = false;
}

/** Whether the mouse is down: decorations should not jump while the user selects (obsidian.d.ts "livePreviewState"). */
export const livePreviewState = ViewPlugin.fromClass(MouseState, {
  eventHandlers: {
    mousedown({ view }: MouseEvent) {
      this.mousedown = true;
      (view ?? window).addEventListener('mouseup', () => (this.mousedown = false), {
        once: true,
        capture: true,
      });
    },
  },
});
