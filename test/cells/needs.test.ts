import { expect, it } from 'vitest';
import { prerequisitesOf } from '../../src/cells/needs';
import { scanCells } from '../../src/cells/scan';

const cells = (...infos: string[]) =>
  scanCells(infos.map((info, i) => `\`\`\`bash {${info}}\necho ${i}\n\`\`\`\n`).join('\n'));

function needsOfLast(...infos: string[]) {
  const note = cells(...infos);
  const last = note.at(-1);
  if (!last) throw new Error('No cells.');
  const found = prerequisitesOf(last, note);
  return found.problem?.why ?? found.cells?.map(({ id }) => id);
}

it('prerequisites come first things first, each once, by id or name', () => {
  expect(needsOfLast('#a', 'name=b needs=a', '#c needs=a,b', '#d needs=c,b')).toEqual(['a', 'b', 'c']);
  expect(needsOfLast('#a')).toEqual([]);
});

it('an unknown name and a circle are said, not run', () => {
  expect(needsOfLast('#a', '#b needs=aa')).toContain('“aa”');
  expect(needsOfLast('#a needs=b', '#b needs=a')).toContain('“b” → “a” → “b”');
});
