/** Hands rendered Markdown to the plugins (obsidian.d.ts "interface MarkdownPostProcessorContext"). */
import type * as O from 'obsidian';
import { postProcessors } from '../registries';

export interface PostProcessContext {
  readonly docId: string;
  readonly sourcePath: string;
  readonly frontmatter: unknown;
  /** Children live as long as what they are added to. */
  readonly addChild: (child: O.MarkdownRenderChild) => void;
  /** Null where the rendered text is not a view of the note: PDF, hover previews, `MarkdownRenderer.render`. */
  readonly getSectionInfo: (element: HTMLElement) => O.MarkdownSectionInformation | null;
}

/** Settles when asynchronous post-processors are done. One that fails does not stop the next. */
export async function postProcess(element: HTMLElement, context: PostProcessContext): Promise<void> {
  for (const postProcessor of postProcessors()) {
    try {
      await postProcessor(element, context);
    } catch (error) {
      window.reportError(error);
    }
  }
}
