/** Contrast of what a page shows, after WCAG 2.2 ("contrast ratio"), on the colours of Obsidian's default theme. */
import type { Page } from 'playwright-core';

/** docs.obsidian.md, "Colors", and how its greys are used there; the workbench has colours of its own. */
const GREYS: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  'base-00': ['#ffffff', '#1e1e1e'],
  'base-05': ['#fcfcfc', '#212121'],
  'base-10': ['#fafafa', '#242424'],
  'base-20': ['#f6f6f6', '#262626'],
  'base-25': ['#e3e3e3', '#2a2a2a'],
  'base-30': ['#e0e0e0', '#363636'],
  'base-35': ['#d4d4d4', '#3f3f3f'],
  'base-40': ['#bdbdbd', '#555555'],
  'base-50': ['#ababab', '#666666'],
  'base-60': ['#707070', '#999999'],
  'base-70': ['#5c5c5c', '#b3b3b3'],
  'base-100': ['#222222', '#dadada'],
};
const HUES: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  red: ['233, 49, 71', '251, 70, 76'],
  orange: ['236, 117, 0', '233, 151, 63'],
  yellow: ['224, 172, 0', '224, 222, 113'],
  green: ['8, 185, 78', '68, 207, 110'],
  cyan: ['0, 191, 188', '83, 223, 221'],
  blue: ['8, 109, 221', '2, 122, 255'],
  purple: ['120, 82, 238', '168, 130, 255'],
  pink: ['213, 57, 132', '250, 153, 205'],
};
const USES = {
  'background-primary': 'base-00',
  'background-primary-alt': 'base-10',
  'background-secondary': 'base-20',
  'text-normal': 'base-100',
  'text-muted': 'base-70',
  'text-faint': 'base-50',
};

export async function useObsidianColours(page: Page): Promise<void> {
  const of = (theme: 0 | 1): string =>
    [
      ...Object.entries(GREYS).map(([name, values]) => `--color-${name}: ${values[theme]};`),
      ...Object.entries(HUES).flatMap(([name, values]) => [
        `--color-${name}-rgb: ${values[theme]};`,
        `--color-${name}: rgb(${values[theme]});`,
      ]),
      ...Object.entries(USES).map(([name, grey]) => `--${name}: var(--color-${grey});`),
      '--code-background: var(--background-primary-alt); --accent-h: 258; --accent-s: 88%; --accent-l: 66%;',
      '--text-accent: hsl(258, 88%, 66%); --interactive-accent: hsl(257, 89%, 71%);',
    ].join('\n');
  await page.addStyleTag({ content: `body.theme-light { ${of(0)} } body.theme-dark { ${of(1)} }` });
}

export interface Measured {
  readonly what: string;
  readonly ratio: number;
}

/** The contrast of every piece of text (and, with `lines`, of every stroke) below an element to what lies behind it. */
export async function contrasts(page: Page, selector: string): Promise<readonly Measured[]> {
  return page.evaluate((wanted) => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    if (!canvas) throw new Error('There is no canvas.');
    type Rgba = readonly [number, number, number, number];
    /** Whatever CSS calls the colour. */
    const read = (colour: string): Rgba => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data;
      return [r, g, b, a / 255];
    };
    const over = ([r, g, b, a]: Rgba, [R, G, B]: Rgba): Rgba => [
      r * a + R * (1 - a),
      g * a + G * (1 - a),
      b * a + B * (1 - a),
      1,
    ];
    const behind = (element: Element): Rgba => {
      const layers: Rgba[] = [];
      for (let each: Element | null = element; each; each = each.parentElement)
        layers.unshift(read(getComputedStyle(each).backgroundColor));
      return layers.reduce((below, layer) => over(layer, below), [255, 255, 255, 1] as Rgba);
    };
    const luminance = ([r, g, b]: Rgba): number => {
      const [R = 0, G = 0, B = 0] = [r, g, b].map((channel) => {
        const share = channel / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * R + 0.7152 * G + 0.0722 * B;
    };
    const ratio = (colour: string, element: Element): number => {
      const back = behind(element);
      const [light = 0, dark = 0] = [luminance(over(read(colour), back)), luminance(back)].sort(
        (a, b) => b - a,
      );
      return (light + 0.05) / (dark + 0.05);
    };
    const found: { what: string; ratio: number }[] = [];
    for (const root of document.querySelectorAll(wanted)) {
      for (const element of root.querySelectorAll('*')) {
        const style = getComputedStyle(element);
        const text = [...element.childNodes]
          .filter((node) => node.nodeType === Node.TEXT_NODE)
          .map((node) => node.textContent?.trim())
          .join(' ')
          .trim();
        const { width, height } = element.getBoundingClientRect();
        if (width <= 1 || height <= 1 || element.closest('.labpath-visually-hidden, .labpath-fg-own'))
          continue;
        if (text !== '' && !(element instanceof SVGElement)) {
          found.push({
            what: `“${text.slice(0, 40)}” (${element.className})`,
            ratio: ratio(style.color, element),
          });
        } else if (element instanceof SVGPathElement && element.classList.contains('labpath-plot-line')) {
          found.push({
            what: `line ${element.getAttribute('class') ?? ''}`,
            ratio: ratio(style.stroke, element),
          });
        }
      }
    }
    return found;
  }, selector);
}
