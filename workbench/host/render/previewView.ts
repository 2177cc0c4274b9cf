/** The Reading view of a note (obsidian.d.ts "class MarkdownPreviewView"). */
import type * as O from 'obsidian';
import { Component } from '../base/component';
import { makeElement } from '../dom/create';
import { parseFrontmatter } from '../metadata/frontmatter';
import { fillEmbeds } from './markdown';
import { propertiesTable } from './properties';
import { postProcess } from './postProcess';
import { MarkdownRenderer } from './renderer';
import { cutIntoSections, type Section } from './sections';
import { finish, htmlToNodes } from './toDom';

/** One section on the page, with what plugins added to it. */
interface Drawn {
  section: Section;
  readonly element: HTMLElement;
  /** Loaded while the section stands; its children are the plugins' MarkdownRenderChild. */
  readonly life: Component;
}

/** What the preview needs of the view around it. */
export interface PreviewOwner {
  readonly app: O.App;
  readonly file: O.TFile | null;
}

let lastDocId = 0;

export class MarkdownPreviewView extends MarkdownRenderer implements O.MarkdownPreviewView {
  private text = '';
  private drawn: Drawn[] = [];
  private readonly docId = `doc-${++lastDocId}`;
  private readonly sizerEl: HTMLElement;
  private readonly headEl: HTMLElement;
  private drawing: Promise<void> = Promise.resolve();

  constructor(
    private readonly owner: PreviewOwner,
    containerEl: HTMLElement,
  ) {
    super(owner.app, containerEl);
    containerEl.addClass('markdown-preview-view', 'markdown-rendered', 'is-readable-line-width');
    containerEl.tabIndex = -1;
    this.sizerEl = containerEl.createDiv('markdown-preview-sizer markdown-preview-section');
    this.headEl = this.sizerEl.createDiv('mod-header');
  }

  get file(): O.TFile {
    if (this.owner.file === null) throw new Error('The preview shows no file.');
    return this.owner.file;
  }

  get(): string {
    return this.text;
  }

  set(data: string, clear: boolean): void {
    if (clear) this.clear();
    this.text = data;
    this.rerender();
  }

  clear(): void {
    for (const { element, life } of this.drawn) {
      life.unload();
      element.remove();
    }
    this.drawn = [];
    this.headEl.empty();
  }

  /** `full` draws also the sections whose text did not change. */
  rerender(full = false): void {
    if (full) this.clear();
    this.drawing = this.drawing.then(() => this.draw());
  }

  /** Settles when post-processors of the latest drawing are done. */
  whenDrawn(): Promise<void> {
    return this.drawing;
  }

  getScroll(): number {
    return this.containerEl.scrollTop;
  }

  applyScroll(scroll: number): void {
    this.containerEl.scrollTop = scroll;
  }

  /** Scrolls to a heading, as a link with `#Heading` does. */
  revealHeading(heading: string): void {
    const wanted = heading.trim().toLowerCase();
    const found = this.containerEl
      .findAll('[data-heading]')
      .find((element) => element.dataset['heading']?.trim().toLowerCase() === wanted);
    found?.scrollIntoView();
  }

  private async draw(): Promise<void> {
    if (this.owner.file === null) return;
    const { path, basename } = this.owner.file;
    const frontmatter = parseFrontmatter(this.text);
    this.headEl.replaceChildren(makeElement('div', { cls: 'inline-title', text: basename }));
    if (frontmatter !== null) this.headEl.appendChild(propertiesTable(frontmatter, this.app, path));
    const sections = cutIntoSections(this.text);
    const kept = this.keepUnchanged(sections);
    const fresh: Drawn[] = [];
    this.drawn = sections.map((section) => {
      const old = kept.get(section);
      if (old !== undefined) {
        old.section = section;
        return old;
      }
      const made = this.make(section, path);
      fresh.push(made);
      return made;
    });
    this.sizerEl.replaceChildren(this.headEl, ...this.drawn.map(({ element }) => element));
    for (const drawn of fresh) {
      await postProcess(drawn.element, {
        docId: this.docId,
        sourcePath: path,
        frontmatter,
        addChild: (child) => void drawn.life.addChild(child),
        getSectionInfo: (element) => this.sectionInfo(element),
      });
      await fillEmbeds(drawn.element, { app: this.app, sourcePath: path, life: drawn.life });
    }
  }

  /** Pairs new sections with drawn ones of the same text, in order; what has no pair is unloaded. */
  private keepUnchanged(sections: readonly Section[]): Map<Section, Drawn> {
    const waiting = [...this.drawn];
    const kept = new Map<Section, Drawn>();
    for (const section of sections) {
      const index = waiting.findIndex((drawn) => drawn.section.source === section.source);
      const found = index < 0 ? undefined : waiting.splice(index, 1)[0];
      if (found !== undefined) kept.set(section, found);
    }
    for (const { element, life } of waiting) {
      life.unload();
      element.remove();
    }
    return kept;
  }

  private make(section: Section, path: string): Drawn {
    const element = makeElement('div', section.cls);
    element.append(...htmlToNodes(section.html));
    finish(element, this.app, path);
    const life = new Component();
    life.load();
    return { section, element, life };
  }

  private sectionInfo(element: HTMLElement): O.MarkdownSectionInformation | null {
    const drawn = this.drawn.find((one) => one.element.contains(element));
    if (drawn === undefined) return null;
    const { lineStart, lineEnd } = drawn.section;
    return { text: this.text, lineStart, lineEnd };
  }
}
