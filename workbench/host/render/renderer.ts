/** Markdown anywhere on the page (obsidian.d.ts "class MarkdownRenderer", "class MarkdownPreviewRenderer"). */
import type * as O from 'obsidian';
import { makeElement } from '../dom/create';
import { notImitated } from '../base/missing';
import { addPostProcessor, removePostProcessor } from '../registries';
import { drawMarkdown } from './markdown';
import { MarkdownRenderChild } from './renderChild';

export abstract class MarkdownRenderer extends MarkdownRenderChild implements O.MarkdownRenderer {
  hoverPopover: O.HoverPopover | null = null;

  constructor(
    readonly app: O.App,
    containerEl: HTMLElement,
  ) {
    super(containerEl);
  }

  abstract get file(): O.TFile;

  /** Children that post-processors add belong to `component`. Section info is null: there is no view of a note. */
  static async render(
    app: O.App,
    markdown: string,
    element: HTMLElement,
    sourcePath: string,
    component: O.Component,
  ): Promise<void> {
    await drawMarkdown(markdown, { app, element, sourcePath, life: component, hasSections: false });
  }

  static renderMarkdown(): Promise<void> {
    return notImitated('MarkdownRenderer.renderMarkdown');
  }
}

type CodeBlockHandler = (
  source: string,
  element: HTMLElement,
  context: O.MarkdownPostProcessorContext,
) => Promise<unknown> | void;

export class MarkdownPreviewRenderer implements O.MarkdownPreviewRenderer {
  static registerPostProcessor(postProcessor: O.MarkdownPostProcessor, sortOrder?: number): void {
    addPostProcessor(postProcessor, sortOrder ?? postProcessor.sortOrder);
  }

  static unregisterPostProcessor(postProcessor: O.MarkdownPostProcessor): void {
    removePostProcessor(postProcessor);
  }

  /** Replaces `pre > code.language-…` by an element of the handler's own. */
  static createCodeBlockPostProcessor(
    language: string,
    handler: CodeBlockHandler,
  ): (element: HTMLElement, context: O.MarkdownPostProcessorContext) => Promise<void> {
    return async (element, context) => {
      for (const code of element.findAll(`pre > code.language-${CSS.escape(language)}`)) {
        const block = makeElement('div', `block-language-${language}`);
        code.parentElement?.replaceWith(block);
        await handler(code.textContent ?? '', block, context);
      }
    };
  }
}
