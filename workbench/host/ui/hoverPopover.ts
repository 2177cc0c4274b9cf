/** A box beside what the pointer rests on (obsidian.d.ts "class HoverPopover"), and the previews of notes in it. */
import type * as O from 'obsidian';
import { Component } from '../base/component';
import { getLinkpath, parseLinktext } from '../base/paths';
import { makeElement } from '../dom/create';
import { hoverLinkSources } from '../registries';
import { NoteEmbed } from '../render/markdown';
import { Keymap } from './keymap';

const showAfterMs = 300;
const hideAfterMs = 300;

export class HoverPopover extends Component implements O.HoverPopover {
  readonly hoverEl = makeElement('div', 'popover hover-popover');
  /** The type declares no values. */
  state = 0 as O.PopoverState;
  private readonly showing: number;
  private hiding = 0;

  constructor(
    private readonly parent: O.HoverParent,
    private readonly targetEl: HTMLElement | null,
    waitTime = showAfterMs,
    private readonly staticPos: O.Point | null = null,
  ) {
    super();
    parent.hoverPopover?.unload();
    parent.hoverPopover = this;
    this.showing = window.setTimeout(() => this.show(), waitTime);
    for (const element of [targetEl, this.hoverEl]) {
      element?.addEventListener('mouseleave', this.leave);
      element?.addEventListener('mouseenter', this.enter);
    }
  }

  /** Also before it was shown. */
  override unload(): void {
    super.unload();
    window.clearTimeout(this.showing);
    window.clearTimeout(this.hiding);
    this.targetEl?.removeEventListener('mouseleave', this.leave);
    this.targetEl?.removeEventListener('mouseenter', this.enter);
    this.hoverEl.remove();
    if (this.parent.hoverPopover === this) this.parent.hoverPopover = null;
  }

  private readonly enter = (): void => window.clearTimeout(this.hiding);

  private readonly leave = (): void => {
    window.clearTimeout(this.hiding);
    this.hiding = window.setTimeout(() => this.unload(), hideAfterMs);
  };

  private show(): void {
    const page = this.targetEl?.ownerDocument ?? activeDocument;
    const box = this.targetEl?.getBoundingClientRect();
    const place = this.staticPos ?? { x: box?.left ?? 0, y: box?.bottom ?? 0 };
    page.body.appendChild(this.hoverEl);
    const { width, height } = this.hoverEl.getBoundingClientRect();
    const { innerWidth, innerHeight } = this.hoverEl.win;
    const above = (box?.top ?? place.y) - height;
    this.hoverEl.setCssProps({
      '--popover-x': `${Math.max(4, Math.min(place.x, innerWidth - width - 4))}px`,
      '--popover-y': `${place.y + height < innerHeight || above < 0 ? place.y : above}px`,
    });
    this.load();
  }
}

/** What 'hover-link' carries. Undocumented; known from the plugins that trigger it. */
interface HoverLink {
  readonly event: MouseEvent;
  readonly source: string;
  readonly hoverParent: O.HoverParent;
  readonly targetEl: HTMLElement | null;
  readonly linktext: string;
  readonly sourcePath: string;
}

/** What each preview is of, so that a pointer that moves within a link does not make it anew. */
const previewed = new WeakMap<O.HoverPopover, string>();

/** The core plugin "Page preview". Sources that say so wait for Ctrl or Cmd (obsidian.d.ts "HoverLinkSource.defaultMod"). */
export function installPagePreview(app: O.App): void {
  hoverLinkSources.set('preview', { display: 'Reading view', defaultMod: false });
  hoverLinkSources.set('editor', { display: 'Editing view', defaultMod: true });
  // The type knows no event of this name; triggering it is documented all the same.
  const { workspace } = app as unknown as { workspace: { on(name: string, callback: unknown): void } };
  workspace.on('hover-link', (link: HoverLink) => preview(app, link));
}

function preview(
  app: O.App,
  { event, source, hoverParent, targetEl, linktext, sourcePath }: HoverLink,
): void {
  const needsMod = hoverLinkSources.get(source)?.defaultMod ?? true;
  if (needsMod && !Keymap.isModifier(event, 'Mod')) return;
  const { path, subpath } = parseLinktext(linktext);
  const file = app.metadataCache.getFirstLinkpathDest(getLinkpath(path), sourcePath);
  if (file?.extension !== 'md') return;
  const open = hoverParent.hoverPopover;
  if (open !== null && previewed.get(open) === linktext) return;
  const popover = new HoverPopover(hoverParent, targetEl);
  previewed.set(popover, linktext);
  const holder = popover.hoverEl.createDiv();
  popover.addChild(new NoteEmbed(app, holder, file, { subpath, hasSections: false }));
}
