/** What a fence is for in a lab (docs: authoring). `null` is an ordinary cell. */
export type Role =
  'setup' | 'step' | 'observe' | 'fault' | 'check' | 'hint' | 'solution' | 'cleanup' | 'file' | 'expect';

/** One runnable (or nearly runnable) fence of a note. */
export interface Cell {
  /** Stable while the note is edited elsewhere: the `#id`, else the name, else code fingerprint and nth duplicate. */
  readonly id: string;
  readonly name: string | null;
  readonly role: Role | null;
  /** First word of the info string, lower case. */
  readonly lang: string;
  /** 1-based lines of the opening and closing fence. */
  readonly line: number;
  readonly endLine: number;
  /** Keys as written; a flag without value is `true`. */
  readonly attributes: Readonly<Record<string, string | true>>;
  /** Unfilled `<name>` placeholders in order of first appearance, without the angle brackets. */
  readonly placeholders: readonly string[];
  /** False for fences that are shown but never run; `warnings` then says why. */
  readonly runnable: boolean;
  readonly warnings: readonly string[];
  /** The code as shown, before placeholders are filled. */
  readonly source: string;
}
