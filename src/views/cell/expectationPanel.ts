import { diffExpected } from '../../output/expectationDiff';
import type { Cell } from '../../cells/cell';
import { isActive, isStale, type RunSnapshot } from '../../runs/snapshot';
import { icon, iconButton } from '../ui/dom';
import { judge, type Verdict } from './expectations';

/** Lines that are the same around a difference, and all that a diff shows. */
const CONTEXT = 2;
const MOST_ROWS = 200;

/** Holds a run against what the note expects: one line when it fits, a diff when it does not. */
export class ExpectationPanel {
  private readonly element: HTMLElement;

  constructor(
    parent: HTMLElement,
    private readonly accept: (fence: Cell, output: string) => void,
  ) {
    this.element = parent.createDiv({ cls: ['labpath-expectations', 'labpath-hidden'] });
  }

  draw(cell: Cell, run: RunSnapshot | null, fences: readonly Cell[], canAccept: boolean): void {
    this.element.empty();
    const judged = run !== null && !isActive(run) && run.where !== null && !isStale(run, cell) ? fences : [];
    this.element.toggleClass('labpath-hidden', judged.length === 0);
    if (!run) return;
    const output = judged.length === 0 ? '' : run.output.plain();
    for (const fence of judged) this.drawVerdict(judge(fence, output), output, canAccept);
  }

  private drawVerdict({ fence, expected, mismatch }: Verdict, output: string, canAccept: boolean): void {
    const box = this.element.createDiv({ cls: `labpath-expectation ${mismatch ? 'is-bad' : 'is-ok'}` });
    const line = box.createDiv({ cls: 'labpath-expectation-line' });
    icon(line, mismatch ? 'x' : 'check');
    line.createSpan({ text: mismatch ? 'Not as expected' : 'As expected' });
    if (!mismatch) return;
    if (canAccept && expected.match !== 'regex') {
      iconButton(line, {
        icon: 'check-check',
        label: 'Accept as expected',
        text: true,
        onClick: () => this.accept(fence, output),
      });
    }
    const { wanted } = mismatch;
    box.createDiv({
      cls: 'labpath-note',
      text: wanted === null ? 'More was printed than expected.' : `Missing: ${wanted}`,
    });
    if (expected.match === 'regex') return;
    this.drawDiff(box, diffExpected(expected, output));
  }

  private drawDiff(box: HTMLElement, rows: ReturnType<typeof diffExpected>): void {
    const near = (at: number) =>
      rows.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(({ kind }) => kind !== 'same');
    const diff = box.createDiv({ cls: 'labpath-diff', attr: { role: 'list' } });
    for (const [at, { kind, text }] of rows.slice(0, MOST_ROWS).entries()) {
      if (!near(at)) continue;
      const row = diff.createDiv({ cls: `labpath-diff-row is-${kind}`, attr: { role: 'listitem' } });
      const said = { same: '', missing: 'expected, not printed: ', extra: 'printed, not expected: ' }[kind];
      row.createSpan({ cls: 'labpath-visually-hidden', text: said });
      row.createSpan({ text, attr: { 'data-mark': { same: ' ', missing: '−', extra: '+' }[kind] } });
    }
  }
}
