/** CSS variables as colours a canvas understands: themes write them in any form, also through other variables. */
export class ThemeColours {
  private readonly known = new Map<string, string>();
  private readonly probe: HTMLElement;

  constructor(private readonly parent: HTMLElement) {
    this.probe = parent.createSpan({ cls: 'labpath-hidden' });
  }

  get(variable: string): string {
    const known = this.known.get(variable);
    if (known !== undefined) return known;
    this.probe.setCssProps({ color: `var(${variable})` });
    const colour = this.parent.win.getComputedStyle(this.probe).color;
    this.known.set(variable, colour);
    return colour;
  }

  /** The theme may have changed. */
  forget(): void {
    this.known.clear();
  }

  remove(): void {
    this.probe.remove();
  }
}
