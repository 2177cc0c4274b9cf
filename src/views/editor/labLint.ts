import { linter, type Diagnostic } from '@codemirror/lint';
import type { EditorState, Extension } from '@codemirror/state';
import { lintLab } from '../../labs/lint/lint';
import { cellField } from './cellField';

/** Milliseconds without an edit after which a lab is read again: who is typing is not done. */
const QUIET = 600;

/** Mistakes in the writing of a lab, underlined where the fence opens. What concerns the whole note, the strip says. */
export function labLint(): Extension {
  return linter(({ state }) => lintDiagnostics(state), { delay: QUIET });
}

function lintDiagnostics(state: EditorState): Diagnostic[] {
  const cells = state.field(cellField, false);
  if (cells === undefined) return [];
  return lintLab(cells.scanned, {}).flatMap(({ cell: id, severity, message }): Diagnostic[] => {
    const place = cells.placed.find(({ cell }) => cell.id === id);
    if (place === undefined) return [];
    const opening = state.doc.lineAt(place.from);
    const from = opening.from + opening.text.search(/[`~]{3}/);
    return [{ from: Math.max(opening.from, from), to: opening.to, severity, message, source: 'Labpath' }];
  });
}
