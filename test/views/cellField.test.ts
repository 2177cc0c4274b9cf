import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { cellField } from '../../src/views/editor/cellField';

const note = ['# Lab', '', '```bash', 'echo one', '```', '', '```bash {#two}', 'echo two', '```'].join('\n');

function stateOf(doc: string): EditorState {
  return EditorState.create({ doc, extensions: [cellField] });
}

describe('the cells in an editor', () => {
  it('reach from the opening fence’s line to the end of the closing fence', () => {
    const state = stateOf(note);
    const shown = state.field(cellField).placed.map(({ from, to }) => state.sliceDoc(from, to));
    expect(shown).toEqual(['```bash\necho one\n```', '```bash {#two}\necho two\n```']);
  });

  it('keep their object and move along when text is typed above them', () => {
    const before = stateOf(note);
    const after = before.update({ changes: { from: 0, insert: 'Some words.\n\n' } }).state;
    const [old, fresh] = [before, after].map((state) => state.field(cellField).placed);
    expect(fresh?.map(({ cell }) => cell)).toEqual(old?.map(({ cell }) => cell));
    expect(fresh?.[1]?.cell).toBe(old?.[1]?.cell);
    expect(after.doc.lineAt(fresh?.[1]?.from ?? 0).text).toBe('```bash {#two}');
    expect(after.field(cellField).scanned[1]?.line).toBe(9);
  });

  it('are new objects when their code is edited', () => {
    const before = stateOf(note);
    const at = note.indexOf('two\n```');
    const after = before.update({ changes: { from: at, insert: 'hundred and ' } }).state;
    expect(after.field(cellField).placed[1]?.cell).not.toBe(before.field(cellField).placed[1]?.cell);
    expect(after.field(cellField).placed[0]?.cell).toBe(before.field(cellField).placed[0]?.cell);
  });

  it('stay inside the document when the fence is never closed', () => {
    const state = stateOf('```bash\necho open');
    expect(state.field(cellField).placed[0]?.to).toBe(state.doc.length);
  });
});
