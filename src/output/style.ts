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
