/** The editing side of a Markdown view (obsidian.d.ts "class MarkdownEditView"). */
import type * as O from 'obsidian';
import type { Editor } from '../editor/editor';

interface Owner {
  readonly app: O.App;
  readonly file: O.TFile | null;
  readonly editor: Editor;
  setViewData(data: string, clear: boolean): void;
}

export class MarkdownEditView implements O.MarkdownSubView {
  constructor(private readonly owner: Owner) {}

  get app(): O.App {
    return this.owner.app;
  }

  get file(): O.TFile | null {
    return this.owner.file;
  }

  clear(): void {
    this.owner.setViewData('', true);
  }

  get(): string {
    return this.owner.editor.getValue();
  }

  set(data: string, clear: boolean): void {
    this.owner.setViewData(data, clear);
  }

  getSelection(): string {
    return this.owner.editor.getSelection();
  }

  getScroll(): number {
    return this.owner.editor.getScrollInfo().top;
  }

  applyScroll(scroll: number): void {
    this.owner.editor.scrollTo(null, scroll);
  }
}
