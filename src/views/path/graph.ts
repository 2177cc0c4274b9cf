import type { Core, EventObjectNode, NodeSingular } from 'cytoscape';
import type { Layout } from '../../path/layout';
import type { LearningPath } from '../../path/model';
import { graphElements } from './graphElements';
import { graphStyle } from './graphStyle';
import { nearestIn, type Direction } from './walk';
import type { ThemeColours } from './theme';

export interface GraphEvents {
  /** A node was clicked or chosen by Enter. `newPane` when the user held the modifier for it. */
  readonly choose: (id: string, event: MouseEvent | KeyboardEvent | null) => void;
  /** A node's context was asked for. */
  readonly context: (id: string) => void;
  readonly focus: (id: string | null) => void;
  /** Empty ground was clicked. */
  readonly ground: () => void;
}

const ZOOM_STEP = 1.25;
const FIT_PADDING = 24;
/** Below this the titles are too small to read. */
const READABLE = 0.75;
const MIN_ZOOM = 0.1;
const MAX_ZOOM = 2.5;
/** Zoom per pixel of a wheel or pinch. */
const PINCH = 0.004;

/** The picture of a path. It is patched when the path changes; pan and zoom stay as the user left them. */
export class PathGraph {
  private focused: string | null = null;

  private constructor(
    private readonly cy: Core,
    private readonly colours: ThemeColours,
    private readonly font: () => string,
    private readonly events: GraphEvents,
  ) {
    cy.on('tap', 'node.thing', (event: EventObjectNode) => {
      this.focus(event.target.id());
      events.choose(event.target.id(), mouseEvent(event.originalEvent));
    });
    cy.on('cxttap', 'node.thing', (event: EventObjectNode) => {
      this.focus(event.target.id());
      events.context(event.target.id());
    });
    cy.on('tap', (event) => {
      if (event.target === cy) events.ground();
    });
    cy.on('mouseover', 'node.thing', () => cy.container()?.addClass('is-pointing'));
    cy.on('mouseout', 'node.thing', () => cy.container()?.removeClass('is-pointing'));
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
      // The wheel scrolls, as on Obsidian's own canvas; with Ctrl, and by pinching, it zooms.
      userZoomingEnabled: false,
      boxSelectionEnabled: false,
      autounselectify: true,
    });
    container.addEventListener('wheel', (event) => onWheel(cy, container, event), { passive: false });
    return new PathGraph(cy, colours, font, events);
  }

  show(path: LearningPath, layout: Layout): void {
    const wanted = new Map(graphElements(path, layout).map((element) => [String(element.data.id), element]));
    const first = this.cy.elements().empty();
    this.cy.batch(() => {
      this.cy.elements().forEach((element) => {
        if (!wanted.has(element.id())) element.remove();
      });
      for (const [id, element] of wanted) {
        const known = this.cy.getElementById(id);
        if (known.empty()) {
          this.cy.add(element);
          continue;
        }
        known.data(element.data);
        known.classes(element.classes ?? '');
        if (element.position) known.position(element.position);
      }
    });
    if (this.focused !== null) this.mark(this.focused);
    if (first) this.start(layout);
  }

  /** Begins at the top in a size one can read; a path that is smaller than the view is not blown up. */
  private start(layout: Layout): void {
    this.cy.resize();
    const across = (this.cy.width() - 2 * FIT_PADDING) / Math.max(1, layout.width);
    const zoom = Math.min(1, Math.max(READABLE, across));
    this.cy.viewport({
      zoom,
      pan: { x: Math.max(FIT_PADDING, (this.cy.width() - layout.width * zoom) / 2), y: FIT_PADDING },
    });
  }

  fit(): void {
    this.cy.resize();
    this.cy.fit(undefined, FIT_PADDING);
    // A short path is not blown up to poster size.
    if (this.cy.zoom() > 1) {
      this.cy.zoom(1);
      this.cy.center();
    }
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

  contextOfFocused(): void {
    if (this.focused !== null) this.events.context(this.focused);
  }

  focus(id: string): void {
    this.focused = id;
    const node = this.mark(id);
    if (node) this.bringIntoView(node);
    this.events.focus(node ? id : null);
  }

  destroy(): void {
    this.cy.destroy();
  }

  private mark(id: string): NodeSingular | null {
    this.cy.nodes('.is-focused').removeClass('is-focused');
    const node = this.cy.getElementById(id);
    if (node.empty()) return null;
    node.addClass('is-focused');
    return node;
  }

  private bringIntoView(node: NodeSingular): void {
    const box = node.renderedBoundingBox();
    const inside = box.x1 >= 0 && box.y1 >= 0 && box.x2 <= this.cy.width() && box.y2 <= this.cy.height();
    if (!inside) this.cy.center(node);
  }
}

function onWheel(cy: Core, container: HTMLElement, event: WheelEvent): void {
  event.preventDefault();
  if (!event.ctrlKey && !event.metaKey) {
    const [x, y] = event.shiftKey ? [event.deltaY, event.deltaX] : [event.deltaX, event.deltaY];
    cy.panBy({ x: -x, y: -y });
    return;
  }
  const box = container.getBoundingClientRect();
  cy.zoom({
    level: Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, cy.zoom() * Math.exp(-event.deltaY * PINCH))),
    renderedPosition: { x: event.clientX - box.left, y: event.clientY - box.top },
  });
}

/** Touches reach Cytoscape too; only a mouse carries modifier keys. */
function mouseEvent(event: unknown): MouseEvent | null {
  return typeof event === 'object' && event !== null && 'metaKey' in event && event instanceof Event
    ? (event as MouseEvent)
    : null;
}
