/**
 * CSS variables as colours Cytoscape understands. Themes write colours in any form, also as `oklch()` or `color-mix()`,
 * which the browser hands on as they are; painted on a canvas and read back, each is red, green and blue.
 */
export class ThemeColours {
  private readonly known = new Map<string, string>();
  private readonly probe: HTMLElement;
  private readonly paint: CanvasRenderingContext2D | null;

  constructor(private readonly parent: HTMLElement) {
    this.probe = parent.createSpan({ cls: 'labpath-hidden' });
    const canvas = this.probe.createEl('canvas', { attr: { width: 1, height: 1 } });
    this.paint = canvas.getContext('2d', { willReadFrequently: true });
  }

  get(variable: string): string {
    return this.mix(variable, variable, 1);
  }

  /** So much (0–1) of one colour upon another. */
  mix(variable: string, ground: string, share: number): string {
    const key = `${variable} ${ground} ${share}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const colour = this.painted(this.computed(ground), this.computed(variable), share);
    this.known.set(key, colour);
    return colour;
  }

  /** The theme may have changed. */
  forget(): void {
    this.known.clear();
  }

  remove(): void {
    this.probe.remove();
  }

  private computed(variable: string): string {
    this.probe.setCssProps({ color: `var(${variable})` });
    return this.parent.win.getComputedStyle(this.probe).color;
  }

  private painted(ground: string, colour: string, share: number): string {
    const { paint } = this;
    if (!paint) return colour;
    paint.clearRect(0, 0, 1, 1);
    for (const [style, opacity] of [
      [ground, 1 - Number(share === 1)],
      [colour, share],
    ] as const) {
      paint.globalAlpha = opacity;
      paint.fillStyle = style;
      paint.fillRect(0, 0, 1, 1);
    }
    const [red = 0, green = 0, blue = 0, alpha = 255] = paint.getImageData(0, 0, 1, 1).data;
    return alpha === 255
      ? `rgb(${red}, ${green}, ${blue})`
      : `rgba(${red}, ${green}, ${blue}, ${alpha / 255})`;
  }
}
