import type { Cell } from '../../cells/cell';
import { fillPlaceholders } from '../../cells/placeholders';
import { exported } from '../../labs/labShell';
import { launch } from '../../labs/launch';
import type { LabVar } from '../../labs/vars';

/**
 * In hex, a hash of all that decides what runs where: the source with its placeholders open, what the note's variables
 * may be, its namespace or container, its file, and the code that runs beside it.
 */
export function pinOf(cell: Cell, vars: readonly LabVar[], capture: string | null = null): Promise<string> {
  const { netns, container, source } = launch(cell, '', cell.source);
  const pinned = [netns, container, source, capture];
  // A cell that runs `$CMD` runs something else when that changes, with the same source.
  return sha256(JSON.stringify(findsVars(cell, vars) ? [...pinned, vars] : pinned));
}

/** The code with its placeholders filled. */
export function codeOf(cell: Cell, capture: string | null, values: Readonly<Record<string, string>>): string {
  const code = capture === null ? cell.source : `${capture}\n\n${cell.source}`;
  return fillPlaceholders(code, values);
}

/** The same, for the judgement of its lines: on the first one stands every value that the note's variables may have. */
export function judgedCode(
  cell: Cell,
  vars: readonly LabVar[],
  capture: string | null,
  values: Readonly<Record<string, string>>,
): string {
  const code = codeOf(cell, capture, values);
  if (!findsVars(cell, vars)) return code;
  const settings = vars.flatMap(({ name, choices }) =>
    [...new Set([...choices, values[name] ?? ''])].map((value) => exported({ [name]: value })),
  );
  return `${settings.join('')}${code}`;
}

/** A variable with all it may be, for people. Of many numbers the first and the last. */
export function varInWords({ name, choices }: LabVar): string {
  const areNumbers = choices.length > 3 && choices.every((choice) => /^\d+$/.test(choice));
  return `${name}=${areNumbers ? `${choices[0]}–${choices.at(-1)}` : choices.join('|')}`;
}

/** The text of a `file=` fence is written, not run. */
function findsVars({ role }: Cell, vars: readonly LabVar[]): boolean {
  return role !== 'file' && vars.length > 0;
}

/** In hex. Collisions must be out of reach: whoever writes a note must not be able to make a harmless twin. */
async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
