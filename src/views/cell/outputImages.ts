import { asProblem, problem, type Problem } from '../../base/problem';
import { shellQuote } from '../../base/quote';
import type { Cell } from '../../cells/cell';
import { netnsOf, textOf } from '../../cells/options';
import type { Aside } from '../../runs/aside';
import type { RunSnapshot } from '../../runs/snapshot';

/** Bytes. */
const LARGEST = 3_000_000;

/** A picture that a cell left on the machine: its address, or why there is none. */
export type OutputImage =
  | { readonly state: 'loading' }
  | { readonly state: 'shown'; readonly address: string; readonly path: string }
  | { readonly state: 'failed'; readonly problem: Problem };

/** How the first bytes of a file tell a picture, in base64. SVG may hold scripts, which a picture element never runs. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^iVBORw0KGgo/, 'image/png'],
  [/^\/9j\//, 'image/jpeg'],
  [/^R0lGOD/, 'image/gif'],
  [/^UklGR/, 'image/webp'],
  [/^(PHN2Zy|PD94bWwg)/, 'image/svg+xml'],
];

/** Pictures of `output=image` cells, which print the path of a file as their last line. Fetched once per run. */
export class OutputImages {
  private readonly known = new WeakMap<RunSnapshot, OutputImage>();

  constructor(
    private readonly aside: Aside,
    private readonly changed: (note: string) => void,
  ) {}

  static isWanted(cell: Cell): boolean {
    return textOf(cell.attributes, 'output') === 'image';
  }

  of(note: string, cell: Cell, run: RunSnapshot): OutputImage {
    const known = this.known.get(run);
    if (known) return known;
    const loading: OutputImage = { state: 'loading' };
    this.known.set(run, loading);
    void this.load(note, cell, run).then((image) => {
      this.known.set(run, image);
      this.changed(note);
    });
    return loading;
  }

  private async load(note: string, cell: Cell, run: RunSnapshot): Promise<OutputImage> {
    const path = run.output.plain().trimEnd().split('\n').at(-1)?.trim() ?? '';
    const from = run.where?.cwd ?? '/';
    const file = shellQuote(path.startsWith('/') ? path : `${from}/${path}`);
    const source = `head -c ${LARGEST} -- ${file} | base64 -w 0`;
    try {
      const place = { note, host: run.host, netns: netnsOf(cell.attributes) };
      // The answer is one long line; more than a terminal line keeps would be cut, so it is folded.
      const { text } = await this.aside.ask(place, `{ ${source}; } 2>&1 | fold -w 10000`);
      const data = text.replaceAll('\n', '');
      const kind = KINDS.find(([begin]) => begin.test(data))?.[1];
      if (kind === undefined) return failed(path, 'It is no PNG, JPEG, GIF, WebP or SVG file.');
      return { state: 'shown', address: `data:${kind};base64,${data}`, path };
    } catch (error) {
      return { state: 'failed', problem: asProblem(error, 'The picture could not be fetched.') };
    }
  }
}

function failed(path: string, why: string): OutputImage {
  return {
    state: 'failed',
    problem: problem(
      `“${path}” is not shown as a picture.`,
      why,
      'Print the path of a picture in the last line.',
    ),
  };
}
