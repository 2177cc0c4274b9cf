import type { Colour, Style } from '../../output/style';

/** How a style of output looks in the DOM: classes, and custom properties for colours no theme names. */
export interface StyleLook {
  readonly classes: readonly string[];
  readonly properties: Readonly<Record<string, string>>;
}

const looks = new WeakMap<Style, StyleLook>();

/** Equal styles are the same object, so each look is made once. */
export function lookOf(style: Style): StyleLook {
  const known = looks.get(style);
  if (known) return known;
  const look = makeLook(style);
  looks.set(style, look);
  return look;
}

function makeLook(style: Style): StyleLook {
  const classes: string[] = [];
  const properties: Record<string, string> = {};
  // Inverse swaps the colours; where one is the default, the class swaps the theme's own.
  const [fg, bg] = style.inverse ? [style.bg, style.fg] : [style.fg, style.bg];
  if (style.inverse) classes.push('labpath-inverse');
  colour(fg, 'fg');
  colour(bg, 'bg');
  if (style.bold) classes.push('labpath-bold');
  if (style.dim) classes.push('labpath-dim');
  if (style.italic) classes.push('labpath-italic');
  if (style.underline) classes.push('labpath-underline');
  if (style.strike) classes.push('labpath-strike');
  return { classes, properties };

  function colour(value: Colour | null, ground: 'fg' | 'bg'): void {
    if (value === null) return;
    if (typeof value === 'number' && value < 16) {
      classes.push(`labpath-${ground}-${value % 8}`);
      return;
    }
    classes.push(`labpath-${ground}-own`);
    properties[`--labpath-${ground}`] = typeof value === 'number' ? xtermColour(value) : value;
  }
}

/** xterm's 256-colour table: a 6×6×6 cube from 16, greys from 232. */
export function xtermColour(index: number): string {
  if (index >= 232) return hex(8 + 10 * (index - 232), 8 + 10 * (index - 232), 8 + 10 * (index - 232));
  const step = index - 16;
  return hex(level(Math.floor(step / 36)), level(Math.floor(step / 6) % 6), level(step % 6));
}

function level(step: number): number {
  return step === 0 ? 0 : 55 + 40 * step;
}

function hex(...channels: readonly number[]): string {
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
