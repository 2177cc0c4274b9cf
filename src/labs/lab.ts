import type { Cell } from '../cells/cell';
import { durationMs, isOn, listOf, textOf } from '../cells/options';

/** Where in the stack a check looks, from the cable up. The first failing one is nearest to the cause. */
export type Layer = 'link' | 'ip' | 'route' | 'nat' | 'app';

export const LAYERS: readonly Layer[] = ['link', 'ip', 'route', 'nat', 'app'];

/** A statement about the machine: exit status 0 means that it holds. */
export interface Check {
  readonly id: string;
  readonly cell: Cell;
  readonly layer: Layer | null;
  /** `level`: it holds or not at any moment. `edge`: it is about something that has to happen once, and then stays so. */
  readonly mode: 'level' | 'edge';
  /** How often it may run by itself while the note is open, in milliseconds; null when only on demand. */
  readonly everyMs: number | null;
}

/** A way to break the lab, and what mends it. */
export interface Fault {
  readonly id: string;
  readonly cell: Cell;
  /** Ids of the checks it claims to break. */
  readonly breaks: readonly string[];
  /** Neither its name nor its text is shown to the learner before it is solved. */
  readonly hidden: boolean;
  /** Its own `layer=`, else that of the lowest check it breaks. */
  readonly layer: Layer | null;
  /** In the order in which they are run. */
  readonly solutions: readonly Cell[];
}

/** A hint for the checks it names (for any check when it names none). */
export interface Hint {
  readonly id: string;
  readonly cell: Cell;
  readonly checks: readonly string[];
  /** Failures of the check before the hint is offered by itself; at least 1. */
  readonly after: number;
}

/** What a cell is expected to print: always, or while a fault is in. */
export interface Expectation {
  readonly cell: Cell;
  /** Id of the cell that prints it. */
  readonly of: string;
  readonly fault: string | null;
}

/** A note read as a lab. All lists are in the order of the note unless they say otherwise. */
export interface Lab {
  readonly cells: readonly Cell[];
  /** Setup cells and files. */
  readonly setup: readonly Cell[];
  /** What the learner runs to build and look: step, observe and plain cells that "run all" would take, and `build`. */
  readonly body: readonly Cell[];
  /** Solutions that mend no fault but build what the checks ask for. */
  readonly build: readonly Cell[];
  /** By layer, then as they stand in the note. */
  readonly checks: readonly Check[];
  readonly faults: readonly Fault[];
  readonly hints: readonly Hint[];
  readonly cleanup: readonly Cell[];
  readonly expectations: readonly Expectation[];
}

/** Whether a note is a lab: something in it can be checked. */
export function isLab(cells: readonly Cell[]): boolean {
  return cells.some((cell) => cell.role === 'check');
}

export function readLab(cells: readonly Cell[]): Lab {
  const role = (name: Cell['role']) => cells.filter((cell) => cell.role === name);
  const checks = byLayer(role('check').map(readCheck));
  const faultIds = new Set(role('fault').map((cell) => cell.id));
  const solutions = role('solution');
  const build = solutions.filter((cell) => !targets(cell).some((id) => faultIds.has(id)));
  return {
    cells,
    setup: cells.filter((cell) => cell.role === 'setup' || cell.role === 'file'),
    body: cells.filter((cell) => isBody(cell) || build.includes(cell)),
    build,
    checks,
    faults: role('fault').map((cell) => readFault(cell, checks, solutions)),
    hints: role('hint').map(readHint),
    cleanup: role('cleanup'),
    expectations: role('expect').map((cell) => ({
      cell,
      of: textOf(cell.attributes, 'of') ?? '',
      fault: textOf(cell.attributes, 'fault'),
    })),
  };
}

/** The ids a `for=` names. */
export function targets(cell: Cell): string[] {
  return listOf(cell.attributes, 'for');
}

/** A learner's cell that can run unattended: its placeholders would have to be asked for. */
function isBody({ role, attributes, runnable, placeholders }: Cell): boolean {
  const learners = role === null || role === 'step' || role === 'observe';
  return (
    learners &&
    runnable &&
    placeholders.length === 0 &&
    !isOn(attributes, 'skip') &&
    !isOn(attributes, 'copy')
  );
}

function readCheck(cell: Cell): Check {
  const every = textOf(cell.attributes, 'every');
  return {
    id: cell.id,
    cell,
    layer: layerOf(cell),
    mode: cell.attributes['mode'] === 'edge' ? 'edge' : 'level',
    everyMs: every === null ? null : durationMs(every),
  };
}

function readFault(cell: Cell, checks: readonly Check[], solutions: readonly Cell[]): Fault {
  const breaks = listOf(cell.attributes, 'breaks');
  const lowest = checks.find((check) => breaks.includes(check.id));
  return {
    id: cell.id,
    cell,
    breaks,
    hidden: isOn(cell.attributes, 'hidden'),
    layer: layerOf(cell) ?? lowest?.layer ?? null,
    solutions: solutions.filter((solution) => targets(solution).includes(cell.id)),
  };
}

function readHint(cell: Cell): Hint {
  const after = Number(textOf(cell.attributes, 'after') ?? '1');
  return {
    id: cell.id,
    cell,
    checks: targets(cell),
    after: Number.isInteger(after) && after > 0 ? after : 1,
  };
}

function layerOf(cell: Cell): Layer | null {
  return LAYERS.find((layer) => layer === cell.attributes['layer']) ?? null;
}

/** A check without a layer looks at the whole, so it stands last. */
function byLayer(checks: readonly Check[]): Check[] {
  const height = ({ layer }: Check) => (layer === null ? LAYERS.length : LAYERS.indexOf(layer));
  return [...checks].sort((a, b) => height(a) - height(b));
}
