import type { Cell } from '../../cells/cell';
import { probeFor } from '../../labs/capabilities';

/**
 * The machine is recognised by a file in the lab's folder there: when it is gone, the machine was reset, or is another
 * one. Both cells are ours and stand in no note.
 */
export function machineToken(startedAt: number): Cell {
  return ownCell('#lab-token', `echo ${startedAt} > "$LAB_DIR/.attempt"`);
}

/** Succeeds on the machine the attempt began on. */
export function tokenCell(startedAt: number): Cell {
  return ownCell('#lab-token', `[ "$(cat "$LAB_DIR/.attempt" 2>/dev/null)" = ${startedAt} ]`);
}

/** Prints what the machine has of a lab's requirements. Loading a kernel's modules may take a while. */
export function requirementsCell(requirements: readonly string[]): Cell {
  return ownCell('#lab-requirements', probeFor(requirements), '120s');
}

function ownCell(id: string, source: string, timeout = '10s'): Cell {
  return {
    id,
    name: null,
    role: 'check',
    lang: 'bash',
    info: '',
    line: 0,
    endLine: 0,
    attributes: { timeout },
    placeholders: [],
    runnable: true,
    whyNot: null,
    warnings: [],
    tools: [],
    source,
  };
}
