import { fingerprint } from '../base/hash';
import { shellQuote } from '../base/quote';
import type { LabValues } from './vars';

/**
 * The folder on the machine through which the fences of one lab pass values. It is the same for every run of the note.
 * A user's session may set TMPDIR, a clean shell must not: hence the fixed place.
 */
export function labDir(note: string): string {
  return `/tmp/labpath-${fingerprint(note)}`;
}

/**
 * Wraps a cell so that any bash runs it in a clean, non-interactive `bash -euo pipefail`, started in the home folder with
 * `LAB_DIR` made and exported. The code travels in a here-document: it shows in no process list and needs no file.
 *
 * @param after commands for the outer shell when the cell has ended; the cell's status is kept
 * @param values what the cell finds in its environment besides `LAB_DIR`
 */
export function inCleanShell(source: string, note: string, after = '', values: LabValues = {}): string {
  const end = delimiter(source);
  const tail = after === '' ? '' : `; labpath_status=$?; ${after}; exit "$labpath_status"`;
  return [
    `(${exported(values)}${enterLabDir(note)}; command bash --noprofile --norc -euo pipefail /dev/fd/3${tail}) 3<<'${end}'`,
    // Bash holds the script open under a number of its own, so children need not inherit this one.
    `exec 3<&-; ${source}`,
    end,
  ].join('\n');
}

/** A command that reads the text from the file descriptor, whatever the text holds. */
export function heredoc(command: string, text: string, descriptor: number | '' = ''): string {
  const end = delimiter(text);
  return [`${command} ${descriptor}<<'${end}'`, ...(text === '' ? [] : [text]), end].join('\n');
}

/** Sets variables for what follows on the same line. */
export function exported(values: LabValues): string {
  return Object.entries(values)
    .map(([name, value]) => `export ${name}=${shellQuote(value)}; `)
    .join('');
}

/** Writes a file on the machine, with all folders above it. `path` is as in `isFilePath`. */
export function writeFile(body: string, path: string, mode: string, note: string): string {
  return heredoc(`(${enterLabDir(note)}; exec install -D -m ${mode} /dev/fd/3 ${pathWord(path)})`, body, 3);
}

/** Commands that leave the current shell in the home folder, with `LAB_DIR` there and owned by the user. */
function enterLabDir(note: string): string {
  const mine = '[ -O "$LAB_DIR" ] && [ ! -L "$LAB_DIR" ]';
  return [
    `export LAB_DIR=${labDir(note)}`,
    // /tmp is everyone's: a folder or link somebody else put there must not be used.
    `mkdir -p -m 700 -- "$LAB_DIR" && ${mine} || { printf '%s\\n' "$LAB_DIR cannot be used: it could not be made, or belongs to someone else." >&2; exit 1; }`,
    'cd',
  ].join('; ');
}

function pathWord(path: string): string {
  if (path.startsWith('~/')) return `"$HOME"/${shellQuote(path.slice(2))}`;
  if (path.startsWith('$LAB_DIR/')) return `"$LAB_DIR"/${shellQuote(path.slice(9))}`;
  return shellQuote(path);
}

/** A here-document delimiter that is no line of the text. */
function delimiter(text: string): string {
  const lines = new Set(text.split('\n'));
  let end = `LABPATH_${fingerprint(text)}`;
  while (lines.has(end)) end += '_';
  return end;
}
