import { describe, expect, it } from 'vitest';
import { scanCells } from '../../src/cells/scan';
import { planRunAbove, planRunAll } from '../../src/labs/plan';

const note = [
  '```bash {check #check}\ntrue\n```',
  '```bash {#plain}\nls\n```',
  '```bash {#asks}\nip -n <ns> link; kill <pid>\n```',
  '```bash {#tools}\n# tools\nstrace, lsof\n```',
  '```bash {fault #fault}\n:\n```',
  '```bash {hint #hint}\n:\n```',
  '```bash {solution #solution}\n:\n```',
  '```bash {cleanup #cleanup}\n:\n```',
  '```bash {#marked skip}\n:\n```',
  '```text {expect of=plain}\nx\n```',
  '```ini {file=/tmp/x #file}\nx\n```',
  '```bash {setup #setup}\n:\n```',
  '```bash {step #step}\n:\n```',
  '```bash {observe #observe}\n:\n```',
  '```bash {#open}\nls',
].join('\n');
const cells = scanCells(note);

describe('run all', () => {
  it('takes setup and files first, then what a reader would click, in order', () => {
    expect(planRunAll(cells).run.map((cell) => cell.id)).toEqual([
      'file',
      'setup',
      'check',
      'plain',
      'step',
      'observe',
    ]);
  });

  it('lists what it leaves out, each with a sentence why', () => {
    const { skipped } = planRunAll(cells);
    expect(Object.fromEntries(skipped.map(({ cell, reason }) => [cell.id, reason]))).toEqual({
      asks: 'Its placeholders <ns>, <pid> have no values.',
      tools: 'This is a list of tools to install, not commands.',
      fault: 'A fault runs only when you break the lab on purpose.',
      hint: 'A hint runs when you ask for it.',
      solution: 'A solution runs when you reveal it.',
      cleanup: 'Cleanup runs when the lab is stopped.',
      marked: 'It is marked `skip`.',
      open: 'The fence that opens on line 44 never closes.',
    });
  });

  it('takes a cell whose placeholders all have values', () => {
    const asked = (filled: string[]) =>
      planRunAll(cells, new Set(filled)).run.some((cell) => cell.id === 'asks');
    expect([asked(['ns']), asked(['ns', 'pid'])]).toEqual([false, true]);
  });
});

it('run above takes only what stands above the line', () => {
  const plain = cells.find((cell) => cell.id === 'plain');
  expect(planRunAbove(cells, plain?.line ?? 0).run.map((cell) => cell.id)).toEqual(['check']);
});
