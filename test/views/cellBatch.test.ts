import { expect, it } from 'vitest';
import type { Cell } from '../../src/cells/cell';
import { scanCells } from '../../src/cells/scan';
import { withNeeds } from '../../src/views/cell/cellBatch';

const note = scanCells(
  ['#a', '#b needs=a', '#c needs=b', '#bad needs=nobody']
    .map((info) => `\`\`\`bash {${info}}\necho "${info}"\n\`\`\`\n`)
    .join('\n'),
);
const pick = (...ids: string[]) => note.filter(({ id }) => ids.includes(id));
const order = (cells: readonly Cell[], ran: readonly string[] = []) => {
  const wanted = withNeeds(cells, note, ({ id }) => ran.includes(id));
  return 'what' in wanted ? wanted.why : wanted.map(({ id }) => id);
};

it('what a cell needs runs before it, unless it has run in this session', () => {
  expect(order(pick('c'))).toEqual(['a', 'b', 'c']);
  expect(order(pick('c'), ['a', 'b'])).toEqual(['c']);
  expect(order(pick('b', 'c'), ['a', 'b'])).toEqual(['b', 'c']);
  expect(order(pick('bad'))).toContain('nobody');
});
