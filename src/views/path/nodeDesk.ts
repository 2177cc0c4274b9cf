import { Keymap, type App, type HoverParent } from 'obsidian';
import { lookOf } from '../../path/look';
import type { Mark } from '../../path/marks';
import type { LearningPath, PathNode } from '../../path/model';
import type { MachineFit } from '../machine/machineFit';
import type { PathActions } from './actions';
import { nodeWords } from './graphElements';
import { drawNodeCard } from './nodeCard';
import { nodeMenu } from './nodeMenu';

export interface NodeDeskParts {
  readonly app: App;
  /** The view: hover previews belong to it. */
  readonly view: HoverParent;
  /** Where previews say that they come from. */
  readonly source: string;
  readonly canvas: HTMLElement;
  readonly card: HTMLElement;
  /** What is read out. */
  readonly spoken: HTMLElement;
  readonly actions: PathActions;
  readonly lacks: MachineFit;
  readonly path: () => LearningPath | null;
  /** Vault path of the map that is shown; empty when none is. */
  readonly moc: () => string;
  readonly markOf: (id: string) => Mark | undefined;
  /** The middle of a node in pixels of the canvas, or null when it is not in the picture. */
  readonly placeOf: (id: string) => { readonly x: number; readonly y: number } | null;
}

/** What can be done with one node of the picture: open it, ask for its menu, look at it, hear of it. */
export class NodeDesk {
  constructor(private readonly parts: NodeDeskParts) {}

  choose(id: string, event: MouseEvent | KeyboardEvent | null): void {
    const { actions, moc } = this.parts;
    const node = this.node(id);
    if (!node) return;
    if (node.note === null) this.showCard(id);
    else actions.open(node, moc(), event !== null && Keymap.isModEvent(event) !== false);
  }

  openMenu(id: string, event: MouseEvent | null): void {
    const { actions, canvas, moc } = this.parts;
    const node = this.node(id);
    const path = this.parts.path();
    if (!node || !path) return;
    const menu = nodeMenu(path, node, moc(), actions);
    const place = this.parts.placeOf(id);
    const box = canvas.getBoundingClientRect();
    if (event) menu.showAtMouseEvent(event);
    else if (place) menu.showAtPosition({ x: box.left + place.x, y: box.top + place.y }, canvas.doc);
  }

  preview(id: string, event: MouseEvent): void {
    const { app, view, source, canvas, moc } = this.parts;
    const note = this.node(id)?.note ?? null;
    if (note === null) return;
    app.workspace.trigger('hover-link', {
      event,
      source,
      hoverParent: view,
      targetEl: canvas,
      linktext: note,
      sourcePath: moc(),
    });
  }

  showCard(id: string): void {
    const { actions, card, lacks, markOf, moc } = this.parts;
    const node = this.node(id);
    const path = this.parts.path();
    if (!node || !path) return;
    card.removeClass('labpath-hidden');
    drawNodeCard(card, node, {
      path,
      moc: moc(),
      mark: markOf(id),
      missing: lacks.of(node.requires),
      actions,
      close: () => this.hideCard(),
    });
  }

  hideCard(): void {
    this.parts.card.addClass('labpath-hidden');
    this.parts.card.empty();
  }

  speak(id: string | null): void {
    const { spoken, canvas, markOf } = this.parts;
    const node = id === null ? null : this.node(id);
    spoken.setText(node ? nodeWords(node, markOf(node.id)) : '');
    canvas.setAttribute('data-focused', node ? lookOf(node).state : '');
  }

  private node(id: string): PathNode | null {
    return this.parts.path()?.nodes.get(id) ?? null;
  }
}
