/** 0–15 are the theme's sixteen colours, 16–255 the xterm cube and greys; `#rrggbb` is true colour. */
export type Colour = number | `#${string}`;

/** How a piece of output looks. Equal styles are the same object, so compare by identity. */
export interface Style {
  readonly fg: Colour | null;
  readonly bg: Colour | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
  readonly strike: boolean;
}

const DEFAULT: Style = {
  fg: null,
  bg: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
  strike: false,
};

/** What the attribute codes without arguments change (ECMA-48 §8.3.117). */
const SWITCHES: Readonly<Record<number, Partial<Style>>> = {
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  9: { strike: true },
  21: { underline: true }, // double underline
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underline: false },
  27: { inverse: false },
  29: { strike: false },
  39: { fg: null },
  49: { bg: null },
};

/** The one object for each style, so that a line of a thousand spans holds a handful of styles. */
const interned = new Map<string, Style>();
/** True colour gives 2^48 styles; a program that walks through them must not fill the memory. */
const INTERNED_LIMIT = 4096;

/** What each style becomes by each parameter string: programs repeat the same few thousands of times. */
const steps = new WeakMap<Style, Map<string, Style | null>>();
const STEPS_LIMIT = 256;

/**
 * The style after `CSI parameters m`; null is the default style. Parameters may be separated by `;` or `:`. Unknown
 * codes change nothing.
 */
export function applySgr(style: Style | null, parameters: string): Style | null {
  const known = steps.get(style ?? DEFAULT) ?? new Map<string, Style | null>();
  const cached = known.get(parameters);
  if (cached !== undefined) return cached;
  const next = computeSgr(style, parameters);
  if (known.size >= STEPS_LIMIT) known.clear();
  known.set(parameters, next);
  steps.set(style ?? DEFAULT, known);
  return next;
}

function computeSgr(style: Style | null, parameters: string): Style | null {
  let next: Style | null = style;
  const codes = parameters.split(';');
  for (let i = 0; i < codes.length; i++) {
    const [code = 0, ...sub] = (codes[i] ?? '').split(':').map(Number);
    if (code === 38 || code === 48) {
      // 38;5;n and 38;2;r;g;b, or 38:5:n, 38:2:r:g:b and 38:2:colourspace:r:g:b.
      const rest = sub.length > 0 ? sub : codes.slice(i + 1, i + 5).map(Number);
      const colour = extendedColour(rest, sub.length > 4);
      if (sub.length === 0) i += rest[0] === 5 ? 2 : rest[0] === 2 ? 4 : 0;
      if (colour !== null) next = intern({ ...(next ?? DEFAULT), [code === 38 ? 'fg' : 'bg']: colour });
    } else {
      next = code === 0 ? null : intern({ ...(next ?? DEFAULT), ...simple(code, sub) });
    }
  }
  return next;
}

function simple(code: number, sub: readonly number[]): Partial<Style> {
  if (code === 4 && sub[0] === 0) return { underline: false }; // 4:0
  if (code >= 30 && code <= 37) return { fg: code - 30 };
  if (code >= 40 && code <= 47) return { bg: code - 40 };
  if (code >= 90 && code <= 97) return { fg: code - 82 };
  if (code >= 100 && code <= 107) return { bg: code - 92 };
  return SWITCHES[code] ?? {};
}

function extendedColour([kind, ...values]: readonly number[], withColourSpace: boolean): Colour | null {
  if (kind === 5) return isByte(values[0]) ? values[0] : null;
  if (kind !== 2) return null;
  const channels = values.slice(withColourSpace ? 1 : 0).slice(0, 3);
  if (channels.length < 3 || !channels.every(isByte)) return null;
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

function isByte(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value <= 255;
}

function intern(style: Style): Style | null {
  const key = sgrOf(style);
  if (key === '') return null;
  const known = interned.get(key);
  if (known) return known;
  if (interned.size >= INTERNED_LIMIT) interned.clear();
  interned.set(key, style);
  return style;
}

/** The SGR parameters that turn the default style into this one; empty for the default style. */
export function sgrOf(style: Style | null): string {
  if (style === null) return '';
  const codes: string[] = [];
  if (style.bold) codes.push('1');
  if (style.dim) codes.push('2');
  if (style.italic) codes.push('3');
  if (style.underline) codes.push('4');
  if (style.inverse) codes.push('7');
  if (style.strike) codes.push('9');
  if (style.fg !== null) codes.push(`38;${colourOf(style.fg)}`);
  if (style.bg !== null) codes.push(`48;${colourOf(style.bg)}`);
  return codes.join(';');
}

function colourOf(colour: Colour): string {
  if (typeof colour === 'number') return `5;${colour}`;
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return `2;${channels.join(';')}`;
}
