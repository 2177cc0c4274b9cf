import type { Core, EventObjectNode, NodeSingular } from 'cytoscape';
import { COLUMN, type Layout } from '../../path/layout';
import { graphElements, type Picture } from './graphElements';
import { graphStyle } from './graphStyle';
import { patchElements } from './patch';
import type { ThemeColours } from './theme';
import { nearestIn, type Direction } from './walk';
import { MAX_ZOOM, MIN_ZOOM, scrollByWheel } from './wheel';

export interface GraphEvents {
  /** A node was clicked or chosen by Enter. `newPane` when the user held the modifier for it. */
  readonly choose: (id: string, event: MouseEvent | KeyboardEvent | null) => void;
  /** A node's menu was asked for by pointer. */
  readonly context: (id: string, event: MouseEvent | null) => void;
  /** The pointer came upon a node. */
  readonly hover: (id: string, event: MouseEvent) => void;
  readonly focus: (id: string | null) => void;
  /** Empty ground was clicked. */
  readonly ground: () => void;
}

const ZOOM_STEP = 1.25;
const FIT_PADDING = 24;
/** Below this the titles are too small to read. */
const READABLE = 0.75;
/** Columns that fit into a view which is not narrow: the map's own and three of its lanes. */
const FEW_COLUMNS = 4;
/** Pixels of ground that keep the map's node out of a narrow view. */
const LANE_EDGE = 14;

/** The picture of a path. It is patched when the path changes; pan and zoom stay as the user left them. */
export class PathGraph {
  private focused: string | null = null;
  private bright: ReadonlySet<string> | null = null;
  private readonly unlisten: () => void;

  private constructor(
    private readonly cy: Core,
    container: HTMLElement,
    private readonly colours: ThemeColours,
    private readonly font: () => string,
    private readonly events: GraphEvents,
  ) {
    this.unlisten = scrollByWheel(cy, container);
    cy.on('tap', 'node.thing', (event: EventObjectNode) => {
      this.focus(event.target.id());
      events.choose(event.target.id(), mouseEvent(event.originalEvent));
    });
    cy.on('cxttap', 'node.thing', (event: EventObjectNode) => {
      this.focus(event.target.id());
      events.context(event.target.id(), mouseEvent(event.originalEvent));
    });
    // What an echo says is elsewhere is shown there.
    cy.on('tap', 'node.echo', (event: EventObjectNode) => this.focus(String(event.target.data('of'))));
    cy.on('tap', (event) => {
      if (event.target === cy) events.ground();
    });
    cy.on('mouseover', 'node.thing', (event: EventObjectNode) => {
      container.addClass('is-pointing');
      event.target.connectedEdges().addClass('is-pointed');
      const mouse = mouseEvent(event.originalEvent);
      if (mouse) events.hover(event.target.id(), mouse);
    });
    cy.on('mouseover', 'node.echo', (event: EventObjectNode) => {
      container.addClass('is-pointing');
      cy.getElementById(String(event.target.data('of'))).addClass('is-pointed');
    });
    cy.on('mouseout', 'node.thing, node.echo', () => {
      container.removeClass('is-pointing');
      cy.elements('.is-pointed').removeClass('is-pointed');
    });
  }

  /** Cytoscape is loaded here, on the first picture. */
  static async create(
    container: HTMLElement,
    colours: ThemeColours,
    font: () => string,
    events: GraphEvents,
  ): Promise<PathGraph> {
    const { default: cytoscape } = await import('cytoscape');
    const cy = cytoscape({
      container,
      layout: { name: 'preset' },
      style: graphStyle(colours, font()),
      minZoom: MIN_ZOOM,
      maxZoom: MAX_ZOOM,
      userZoomingEnabled: false,
      boxSelectionEnabled: false,
      autounselectify: true,
    });
    return new PathGraph(cy, container, colours, font, events);
  }

  show(picture: Picture): void {
    const first = this.cy.elements().empty();
    patchElements(this.cy, graphElements(picture));
    if (this.focused !== null) this.mark(this.focused);
    this.dim(this.bright);
    if (first) this.start(picture.layout);
  }

  /**
   * Begins at the top in a size one can read; a path that is smaller than the view is not blown up, and where there is
   * little room the lanes come before the map's own node at their left.
   */
  private start({ width }: Layout): void {
    this.cy.resize();
    const room = this.cy.width() - 2 * FIT_PADDING;
    const zoom = Math.min(1, Math.max(READABLE, room / Math.max(1, width)));
    const isNarrow = room < FEW_COLUMNS * COLUMN * zoom;
    const left = isNarrow ? -COLUMN * zoom - LANE_EDGE : Math.max(0, (room - width * zoom) / 2);
    this.cy.viewport({ zoom, pan: { x: FIT_PADDING + left, y: FIT_PADDING } });
  }

  /** Brings the whole path into view, or these nodes, as large as they fit but not blown up to poster size. */
  fit(ids: ReadonlySet<string> | null = null): void {
    this.cy.resize();
    const chosen =
      ids === null ? this.cy.elements() : this.cy.nodes('.thing').filter((node) => ids.has(node.id()));
    if (chosen.empty()) return;
    this.cy.fit(chosen, FIT_PADDING);
    if (this.cy.zoom() <= 1) return;
    this.cy.zoom(1);
    this.cy.center(chosen);
  }

  zoom(direction: 'in' | 'out'): void {
    const level = this.cy.zoom() * (direction === 'in' ? ZOOM_STEP : 1 / ZOOM_STEP);
    this.cy.zoom({ level, renderedPosition: { x: this.cy.width() / 2, y: this.cy.height() / 2 } });
  }

  /** Call when the container has another size. */
  resize(): void {
    this.cy.resize();
  }

  restyle(): void {
    this.colours.forget();
    this.cy.style(graphStyle(this.colours, this.font()));
  }

  /** Only these nodes stay bright; null brightens all. */
  dim(bright: ReadonlySet<string> | null): void {
    this.bright = bright;
    this.cy.batch(() => {
      const lit = (id: string) => bright === null || bright.has(id);
      this.cy.nodes('.thing, .mark, .echo').forEach((node) => {
        node.toggleClass('is-dimmed', !lit(String(node.data('of') ?? node.id())));
      });
      this.cy.edges().forEach((edge) => {
        edge.toggleClass('is-dimmed', !lit(edge.source().id()) || !lit(edge.target().id()));
      });
    });
  }

  /** Moves the keyboard's focus to the nearest node in a direction, or onto the first one. */
  walk(direction: Direction): void {
    const things = this.cy.nodes('.thing').toArray();
    const points = things.map((node) => ({ id: node.id(), ...node.position() }));
    const from = points.find(({ id }) => id === this.focused);
    const to = from ? nearestIn(direction, from, points) : points[0];
    if (to) this.focus(to.id);
  }

  /** Acts on the focused node as a click would. */
  chooseFocused(event: KeyboardEvent): void {
    if (this.focused !== null) this.events.choose(this.focused, event);
  }

  get focusedId(): string | null {
    return this.focused;
  }

  /** The middle of a node in pixels of the container, or null when it is not in the picture. */
  placeOf(id: string): { readonly x: number; readonly y: number } | null {
    const node = this.cy.getElementById(id);
    return node.empty() ? null : node.renderedPosition();
  }

  focus(id: string): void {
    this.focused = id;
    const node = this.mark(id);
    if (node) this.bringIntoView(node);
    this.events.focus(node ? id : null);
  }

  /** The whole picture as PNG, in twice as many pixels. */
  async png(background: string): Promise<ArrayBuffer> {
    const picture: unknown = await this.cy.png({
      output: 'blob-promise',
      full: true,
      scale: 2,
      bg: background,
    });
    return picture instanceof Blob ? picture.arrayBuffer() : new ArrayBuffer(0);
  }

  destroy(): void {
    this.unlisten();
    this.cy.destroy();
  }

  private mark(id: string): NodeSingular | null {
    this.cy.elements('.is-focused').removeClass('is-focused');
    const node = this.cy.getElementById(id);
    if (node.empty()) return null;
    node.union(node.connectedEdges()).addClass('is-focused');
    return node;
  }

  private bringIntoView(node: NodeSingular): void {
    const box = node.renderedBoundingBox();
    const inside = box.x1 >= 0 && box.y1 >= 0 && box.x2 <= this.cy.width() && box.y2 <= this.cy.height();
    if (!inside) this.cy.center(node);
  }
}

/** Touches reach Cytoscape too; only a mouse carries modifier keys. */
function mouseEvent(event: unknown): MouseEvent | null {
  return typeof event === 'object' && event !== null && 'metaKey' in event && 'button' in event
    ? (event as MouseEvent)
    : null;
}
