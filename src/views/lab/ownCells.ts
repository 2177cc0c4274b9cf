import type { Cell } from '../../cells/cell';
import { probeRequirements } from '../../labs/requirements';

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

/** Prints what the machine lacks of a lab's requirements. */
export function requirementsCell(requirements: readonly string[]): Cell {
  return ownCell('#lab-requirements', probeRequirements(requirements));
}

function ownCell(id: string, source: string): Cell {
  return {
    id,
    name: null,
    role: 'check',
    lang: 'bash',
    info: '',
    line: 0,
    endLine: 0,
    attributes: { timeout: '10s' },
    placeholders: [],
    runnable: true,
    whyNot: null,
    warnings: [],
    tools: [],
    source,
  };
}
