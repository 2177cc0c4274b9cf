import { expect, it } from 'vitest';
import { scanCells } from '../../src/cells/scan';
import { readLabVars } from '../../src/labs/vars';
import { decide } from '../../src/trust/policy';
import { judgedCode, pinOf, varInWords } from '../../src/views/trust/pin';

const cellOf = (info: string, source: string) => {
  const [cell] = scanCells(`\`\`\`bash ${info}\n${source}\n\`\`\`\n`);
  if (!cell) throw new Error('no cell');
  return cell;
};
const vars = (...lab_vars: string[]) => readLabVars({ lab_vars });

it('S4: other lab_vars are other code: the cell that finds them asks again', async () => {
  const cell = cellOf('', 'ls');
  const agreed = await pinOf(cell, vars('PORT=80|81'));
  expect(await pinOf(cell, vars('PORT=80|81'))).toBe(agreed);
  for (const changed of [vars(), vars('PORT=80|82'), vars('PORT=80|81', 'CMD=curl evil')])
    expect(await pinOf(cell, changed)).not.toBe(agreed);
  const file = cellOf('{setup file=/etc/motd}', 'hello');
  expect(await pinOf(file, vars('PORT=80'))).toBe(await pinOf(file, vars()));
});

it('S21: lines are judged with every value that the note’s variables may have', () => {
  const cell = cellOf('', 'true\nsystemctl stop "$UNIT"');
  const code = judgedCode(cell, vars('UNIT=nginx|ssh'), null, { UNIT: 'nginx' });
  const approvals = { hosts: ['box'], cells: new Set<string>() };
  const request = { host: 'box', hash: '', code, writes: null, inNetns: false };
  expect(decide(request, 'vault', approvals, false)).toMatchObject({ why: 'danger', dangers: [{ line: 2 }] });
});

it('Variables are shown with all they may be, many numbers by the first and the last', () => {
  expect(vars('A=x|$(id)', 'PORT=8080-8090').map(varInWords)).toEqual(['A=x|$(id)', 'PORT=8080–8090']);
});
