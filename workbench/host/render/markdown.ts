/** Markdown drawn section by section, with the notes it embeds (`![[Note]]`, `![[Note#Heading]]`) inside it. */
import type * as O from 'obsidian';
import { Component } from '../base/component';
import { getLinkpath, parseLinktext } from '../base/paths';
import { makeElement } from '../dom/create';
import { setIcon } from '../icons/icons';
import { resolveSubpath } from '../metadata/cacheTools';
import { parseFrontmatter } from '../metadata/frontmatter';
import { postProcess } from './postProcess';
import { cutIntoSections } from './sections';
import { finish, htmlToNodes } from './toDom';

/** Where Markdown is drawn, and for how long. */
export interface Drawing {
  readonly app: O.App;
  readonly element: HTMLElement;
  /** Links are relative to this file; post-processors are told of it. */
  readonly sourcePath: string;
  /** Children that post-processors add belong to it. */
  readonly life: O.Component;
  /** Whether post-processors may ask which lines a section has; else they are told null. */
  readonly hasSections: boolean;
  /** The notes around this one: a note inside itself is not drawn without end. */
  readonly around?: readonly string[];
}

/** Settles when post-processors, and those of embedded notes, are done. */
export async function drawMarkdown(text: string, drawing: Drawing): Promise<void> {
  const { app, element, sourcePath, life, hasSections } = drawing;
  const frontmatter = parseFrontmatter(text);
  for (const section of cutIntoSections(text)) {
    const block = makeElement('div', section.cls);
    block.append(...htmlToNodes(section.html));
    finish(block, app, sourcePath);
    element.appendChild(block);
    const { lineStart, lineEnd } = section;
    await postProcess(block, {
      docId: 'rendered',
      sourcePath,
      frontmatter,
      addChild: (child) => void life.addChild(child),
      getSectionInfo: () => (hasSections ? { text, lineStart, lineEnd } : null),
    });
    await fillEmbeds(block, drawing);
  }
}

/** Draws the notes that `![[…]]` names in rendered Markdown. What is no note was drawn by `finish`. */
export async function fillEmbeds(
  root: HTMLElement,
  { app, sourcePath, life, around = [] }: Omit<Drawing, 'element' | 'hasSections'>,
): Promise<void> {
  for (const holder of root.findAll('.internal-embed:not(.is-loaded)')) {
    const { path, subpath } = parseLinktext(holder.getAttribute('src') ?? '');
    const file = app.metadataCache.getFirstLinkpathDest(getLinkpath(path), sourcePath);
    if (file?.extension !== 'md' || [sourcePath, ...around].includes(file.path)) continue;
    const embed = new NoteEmbed(app, holder, file, { subpath, around: [sourcePath, ...around] });
    life.addChild(embed);
    await embed.drawn;
  }
}

export interface EmbedOptions {
  /** `#Heading` or `#^block`, or empty for the whole note. */
  readonly subpath?: string;
  readonly around?: readonly string[];
  readonly hasSections?: boolean;
}

/** A note, or a part of it, inside something else; drawn anew when the note changes. */
export class NoteEmbed extends Component {
  /** Settles when the latest drawing is done. */
  drawn: Promise<void> = Promise.resolve();
  private inside: Component | null = null;
  private readonly content: HTMLElement;

  constructor(
    private readonly app: O.App,
    holder: HTMLElement,
    private readonly file: O.TFile,
    private readonly options: EmbedOptions = {},
  ) {
    super();
    holder.empty();
    holder.addClass('markdown-embed', 'inline-embed', 'is-loaded');
    const link = holder.createDiv({ cls: 'markdown-embed-link', attr: { 'aria-label': 'Open link' } });
    setIcon(link, 'link');
    link.addEventListener('click', (event) => {
      event.stopPropagation();
      void app.workspace.openLinkText(file.path + (options.subpath ?? ''), '');
    });
    this.content = holder
      .createDiv('markdown-embed-content')
      .createDiv('markdown-preview-view markdown-rendered')
      .createDiv('markdown-preview-sizer markdown-preview-section');
  }

  override onload(): void {
    this.registerEvent(
      this.app.metadataCache.on('changed', (changed) => {
        if (changed === this.file) this.draw();
      }),
    );
    this.draw();
  }

  private draw(): void {
    this.drawn = this.drawn.then(() => this.drawNow());
  }

  private async drawNow(): Promise<void> {
    const { app, file, content, options } = this;
    const text = await app.vault.cachedRead(file);
    if (this.inside !== null) this.removeChild(this.inside);
    content.empty();
    this.inside = this.addChild(new Component());
    await drawMarkdown(partOf(text, app.metadataCache.getFileCache(file), options.subpath ?? ''), {
      app,
      element: content,
      sourcePath: file.path,
      life: this.inside,
      hasSections: options.hasSections ?? true,
      around: options.around ?? [],
    });
  }
}

/** The text a subpath names; sections of it count their lines from its first one. */
function partOf(text: string, cache: O.CachedMetadata | null, subpath: string): string {
  const found = subpath === '' || cache === null ? null : resolveSubpath(cache, subpath);
  return found === null ? text : text.slice(found.start.offset, found.end?.offset);
}
