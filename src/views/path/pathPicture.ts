import { PathGraph, type GraphEvents } from './graph';
import type { ThemeColours } from './theme';

/** The picture in its place: made on first use, and anew when it is of something else or stands in another window. */
export class PathPicture {
  /** Null until it is made. */
  current: PathGraph | null = null;
  private making: Promise<PathGraph> | null = null;

  constructor(
    private readonly canvas: HTMLElement,
    private readonly colours: ThemeColours,
    private readonly events: GraphEvents,
  ) {}

  /** Opening and restoring a view ask for the picture at the same time; it is made once. */
  async open(): Promise<PathGraph> {
    this.making ??= this.make();
    const { making } = this;
    const graph = await making;
    if (this.making === making) this.current = graph;
    return graph;
  }

  async drop(): Promise<void> {
    const { making } = this;
    this.making = null;
    this.current = null;
    // One that could not be made has told so to those who waited for it.
    await making?.then((graph) => graph.destroy()).catch(() => undefined);
  }

  private make(): Promise<PathGraph> {
    const font = (): string => this.canvas.win.getComputedStyle(this.canvas).fontFamily;
    return PathGraph.create(this.canvas, this.colours, font, this.events);
  }
}
