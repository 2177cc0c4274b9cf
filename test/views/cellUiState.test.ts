import { expect, it } from 'vitest';
import { CellUiState } from '../../src/views/cell/cellUiState';

it('how a cell is looked at goes with the note and with the cell, and is gone with the note', () => {
  const ui = new CellUiState();
  const seen: string[] = [];
  ui.changed.on((note) => seen.push(note));
  ui.set('a.md', 'one', { unfolded: true });
  ui.set('a.md', 'two', { asking: true });
  ui.rename('a.md', 'b.md');
  expect([ui.get('a.md', 'one').unfolded, ui.get('b.md', 'one').unfolded]).toEqual([false, true]);
  ui.rekey(
    'b.md',
    new Map([
      ['one', 'two'],
      ['two', 'one'],
    ]),
  );
  expect([ui.get('b.md', 'one').asking, ui.get('b.md', 'two').unfolded]).toEqual([true, true]);
  ui.rekey('b.md', new Map([['three', 'one']]));
  expect(ui.get('b.md', 'one').asking).toBe(false);
  ui.forget('b.md');
  expect(ui.get('b.md', 'two').unfolded).toBe(false);
  expect(seen).toEqual(['a.md', 'a.md']);
});
