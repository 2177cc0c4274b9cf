import type { Cell } from '../../cells/cell';
import { fillPlaceholders } from '../../cells/placeholders';
import { variablesAmong, type LabValues, type LabVar } from '../../labs/vars';

/** The note's variables and all its values at one moment: what the user is asked about is what runs. */
export interface Given {
  readonly vars: readonly LabVar[];
  readonly values: Readonly<Record<string, string>>;
}

/** The cell's code with the values in their places, and what it finds in its environment. */
export function fillCell(
  cell: Cell,
  { vars, values }: Given,
): { readonly source: string; readonly variables: LabValues } {
  const source = cell.placeholders.length === 0 ? cell.source : fillPlaceholders(cell.source, values);
  return { source, variables: variablesAmong(values, vars) };
}
