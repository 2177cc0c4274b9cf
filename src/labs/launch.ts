import type { Cell, Role } from '../cells/cell';
import {
  containerOf,
  durationMs,
  isFilePath,
  isOff,
  isOn,
  namedHost,
  netnsOf,
  textOf,
} from '../cells/options';
import { exported, inCleanShell, labDir, writeFile } from './labShell';
import type { LabValues } from './vars';

/** How a cell is run: in which shell, and what that shell is given. */
export interface Launch {
  /** The name part of the session's address. */
  readonly session: string;
  /** Network namespace of the shell (`in=netns:red`), or null. */
  readonly netns: string | null;
  /** Container or pod of the shell (`in=container:web`), or null. */
  readonly container: string | null;
  /** `host=` or `node=`, or null for the default host. */
  readonly host: string | null;
  /** What the session is sent. */
  readonly source: string;
  /** `timeout=` in milliseconds, or null. */
  readonly timeoutMs: number | null;
  /** `tty=false`: stdout and stderr apart. */
  readonly separateStreams: boolean;
}

/** The session of a note's setup, faults, checks and so on. No fence can name it: see `sessionOf`. */
export const LAB_SESSION = '#lab';

/** Roles that get a clean shell of their own, so that nothing a learner did to the session can change a verdict. */
const CLEAN: ReadonlySet<Role | null> = new Set<Role>([
  'setup',
  'fault',
  'check',
  'hint',
  'solution',
  'cleanup',
]);

/**
 * How to run a cell.
 *
 * @param note the note's identity, which names its lab folder on the machine
 * @param source the cell's code with placeholders filled
 * @param values the lab's variables, which the cells of a lab find in their environment
 */
export function launch(
  cell: Cell,
  note: string,
  source: string = cell.source,
  values: LabValues = {},
): Launch {
  const { attributes, role } = cell;
  const timeout = textOf(attributes, 'timeout');
  const isLab = role === 'file' || CLEAN.has(role);
  return {
    session: isLab ? LAB_SESSION : sessionOf(cell),
    netns: netnsOf(attributes),
    container: containerOf(attributes),
    host: namedHost(attributes),
    source: sourceOf(cell, note, source, values),
    timeoutMs: timeout === null ? null : durationMs(timeout),
    separateStreams: isOff(attributes, 'tty'),
  };
}

/** A background cell must not keep the others of its note waiting, so it gets a shell of its own. */
function sessionOf(cell: Cell): string {
  // A leading `#` marks our own sessions: a cell that could reach the lab's shell could forge a check's verdict.
  const named = textOf(cell.attributes, 'session')?.replace(/^#+/, '');
  if (named === '') return 'main';
  return named ?? (isOn(cell.attributes, 'background') ? `#background ${cell.id}` : 'main');
}

function sourceOf({ attributes, role }: Cell, note: string, source: string, values: LabValues): string {
  switch (role) {
    case null:
      return `${exported(values)}${source}`;
    case 'expect':
      return source;
    case 'step':
    case 'observe':
      // On the first line, so that bash's line numbers are those of the fence.
      return `${exported(values)}export LAB_DIR=${labDir(note)}; ${source}`;
    case 'file': {
      const path = textOf(attributes, 'file') ?? '';
      const mode = textOf(attributes, 'mode') ?? '';
      if (!isFilePath(path)) return `printf '%s\\n' 'file= needs an absolute path.' >&2; false`;
      return writeFile(source, path, /^[0-7]{3,4}$/.test(mode) ? mode : '0644', note);
    }
    case 'cleanup':
      return inCleanShell(source, note, 'cd /; rm -rf -- "$LAB_DIR"', values);
    case 'setup':
    case 'fault':
    case 'check':
    case 'hint':
    case 'solution':
      return inCleanShell(source, note, '', values);
  }
}
