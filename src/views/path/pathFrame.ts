/** The elements of a path view, and which of them are in sight: picture, list, or the words of an empty vault. */
import { nameElement } from '../ui/name';
import { explainEmpty } from './emptyPath';
import { drawLegend } from './legend';
import { PathToolbar, type ToolbarEvents } from './pathToolbar';

export class PathFrame {
  readonly toolbar: PathToolbar;
  readonly warnings: HTMLElement;
  /** Where the picture is drawn; it has the keyboard's focus. */
  readonly canvas: HTMLElement;
  readonly list: HTMLElement;
  readonly card: HTMLElement;
  /** What is read out. */
  readonly spoken: HTMLElement;
  private readonly empty: HTMLElement;

  constructor(
    private readonly root: HTMLElement,
    events: ToolbarEvents,
  ) {
    root.empty();
    root.addClass('labpath-path');
    this.toolbar = new PathToolbar(root, events);
    this.warnings = root.createDiv();
    const body = root.createDiv({ cls: 'labpath-path-body' });
    this.canvas = body.createDiv({ cls: 'labpath-path-canvas', attr: { tabindex: 0, role: 'application' } });
    nameElement(
      this.canvas,
      'Learning path. Arrow keys move, Enter opens, Space shows details, M the menu.',
      body,
    );
    this.list = body.createDiv({ cls: 'labpath-path-list' });
    this.empty = body.createDiv({ cls: ['labpath-path-empty', 'labpath-hidden'] });
    this.card = body.createDiv({ cls: ['labpath-card', 'labpath-hidden'] });
    drawLegend(root);
    this.spoken = root.createDiv({ cls: 'labpath-visually-hidden', attr: { 'aria-live': 'polite' } });
  }

  /** The list is always there for screen readers; it is only out of sight while the picture shows. */
  showList(asList: boolean): void {
    this.root.toggleClass('is-list', asList);
    this.list.toggleClass('labpath-visually-hidden', !asList);
    this.toolbar.setList(asList);
  }

  /** Explains what is missing while there is no map, in the place of all else. */
  showEmpty(isEmpty: boolean): void {
    this.empty.toggleClass('labpath-hidden', !isEmpty);
    this.root.toggleClass('is-empty', isEmpty);
    if (isEmpty) explainEmpty(this.empty);
  }
}
