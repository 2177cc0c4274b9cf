import type { ITheme } from '@xterm/xterm';

/** The theme's own colours, as the output below cells has them. */
const VARIABLES: Readonly<Partial<Record<keyof ITheme, string>>> = {
  background: '--code-background',
  foreground: '--code-normal',
  cursor: '--text-accent',
  cursorAccent: '--code-background',
  selectionBackground: '--text-selection',
  black: '--text-faint',
  red: '--color-red',
  green: '--color-green',
  yellow: '--color-yellow',
  blue: '--color-blue',
  magenta: '--color-purple',
  cyan: '--color-cyan',
  white: '--text-normal',
  brightBlack: '--text-muted',
  brightRed: '--color-red',
  brightGreen: '--color-green',
  brightYellow: '--color-yellow',
  brightBlue: '--color-blue',
  brightMagenta: '--color-purple',
  brightCyan: '--color-cyan',
  brightWhite: '--text-normal',
};

/** Reads the colours where the terminal stands: variables may hold other variables and colour functions. */
export function terminalTheme(place: HTMLElement): ITheme {
  const probe = place.createSpan();
  const theme = Object.fromEntries(
    Object.entries(VARIABLES).map(([name, variable]) => {
      probe.setCssStyles({ color: `var(${variable})` });
      return [name, place.win.getComputedStyle(probe).color];
    }),
  );
  probe.remove();
  return theme;
}
