import { fingerprint } from '../base/hash';

/** What a fence is for in a lab (docs: authoring). `null` is an ordinary cell. */
export type Role =
  'setup' | 'step' | 'observe' | 'fault' | 'check' | 'hint' | 'solution' | 'cleanup' | 'file' | 'expect';

/** Keys as written; a flag without value is `true`. */
export type Attributes = Readonly<Record<string, string | true>>;

/** One runnable (or nearly runnable) fence of a note. */
export interface Cell {
  /**
   * Stable while the note is edited elsewhere: the `#id`, else the name, else `cell-` and the code's fingerprint.
   * Unique in its note: the second and later cells of the same id carry `-2`, `-3` behind it.
   */
  readonly id: string;
  readonly name: string | null;
  readonly role: Role | null;
  /** First word of the info string, lower case; empty when there is none. */
  readonly lang: string;
  /** The info string as found, for showing; nothing ever rewrites it. */
  readonly info: string;
  /** 1-based lines of the opening and closing fence. */
  readonly line: number;
  readonly endLine: number;
  /** A key of another tool also appears under our name for it (`label` → `name`, `import` → `needs`). */
  readonly attributes: Attributes;
  /** Unfilled placeholders (`<name>`, `{{name}}`) in order of first appearance, without their marks. */
  readonly placeholders: readonly string[];
  /** False for fences that are shown but never run; `whyNot` then says why. A `file` fence is runnable. */
  readonly runnable: boolean;
  /** A full sentence, or null when the cell is runnable. */
  readonly whyNot: string | null;
  /** Full sentences: `whyNot` first, then what is doubtful about the attributes. */
  readonly warnings: readonly string[];
  /** Names in a fence that lists tools to install, for "check on lab machine"; empty in all other cells. */
  readonly tools: readonly string[];
  /**
   * The code before placeholders are filled; LF line ends, no final newline. Of a console fence only what stands
   * behind its prompts; of `file` and `expect` fences the body as it is.
   */
  readonly source: string;
}

/** The id of a cell that was given none. */
export function idOfCode(source: string): string {
  return `cell-${fingerprint(source)}`;
}

/** The id that the author gave the cell; null when it is only made of its code, which says nothing to anybody. */
export function givenId({ id }: Cell): string | null {
  return /^cell-[0-9a-f]{16}(-\d+)?$/.test(id) ? null : id;
}

/** `create (line 84)`, or `line 84` when it was given no id. */
export function cellWithLine(cell: Cell): string {
  const id = givenId(cell);
  return id === null ? `line ${cell.line}` : `${id} (line ${cell.line})`;
}
