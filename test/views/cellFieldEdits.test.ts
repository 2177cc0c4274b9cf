/** The cells of an editor after any edits are those of a fresh scan: what is skipped for speed changes nothing. */
import { EditorState } from '@codemirror/state';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cellField, sameCells } from '../../src/views/editor/cellField';

const note = [
  '# Lab',
  '',
  'Words of a paragraph',
  'and more words.',
  '',
  '> [!tip]',
  '> ```bash',
  '> echo one',
  '> ```',
  'lazy words',
  '',
  '- item',
  '  ```bash {#two}',
  '  echo two',
  '  ```',
  '',
  '```bash',
  'echo three',
  '```',
  'last words',
].join('\n');

const stateOf = (doc: string) => EditorState.create({ doc, extensions: [cellField] });
const shownIn = (state: EditorState) => {
  const { placed, scanned } = state.field(cellField);
  return {
    cells: placed.map(({ cell, from, to }) => ({
      id: cell.id,
      source: cell.source,
      text: state.sliceDoc(from, to),
    })),
    lines: scanned.map(({ line, endLine }) => [line, endLine]),
  };
};

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.integer({ min: 0, max: 6 }),
  insert: fc.constantFrom(
    'x',
    ' ',
    '\n',
    '`',
    '```',
    '> ',
    '- ',
    'word',
    '    ',
    '~~~',
    '<div>',
    '\n\n',
    '#',
    '1. ',
  ),
});

it('any edits give the cells of a fresh scan', () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 8 }), (edits) => {
      let state = stateOf(note);
      for (const { at, remove, insert } of edits) {
        const from = Math.round(at * state.doc.length);
        const to = Math.min(state.doc.length, from + remove);
        state = state.update({ changes: { from, to, insert } }).state;
      }
      expect(shownIn(state)).toEqual(shownIn(stateOf(state.doc.toString())));
    }),
    { numRuns: 150 },
  );
}, 60_000);

it('words typed into prose need no scan, and move what stands below', () => {
  const before = stateOf(note);
  const at = note.indexOf('more words');
  const after = before.update({ changes: { from: at, insert: 'many ' } }).state;
  expect(after.field(cellField).scanned).toBe(before.field(cellField).scanned);
  expect(sameCells(before.field(cellField), after.field(cellField))).toBe(true);
  expect(shownIn(after)).toEqual(shownIn(stateOf(after.doc.toString())));
});
