import type { OutputText } from '../../output/outputText';
import type { RunSnapshot } from '../../runs/snapshot';
import { iconButton, setButtonLabel } from '../ui/dom';
import { nameElement } from '../ui/name';
import { OutputArea } from './outputArea';
import { FOLD_ABOVE, rowsOf } from './outputRows';

/** The output of a run with its fold: nothing at all while there is no output. */
export class OutputPanel {
  private readonly element: HTMLElement;
  private readonly area: OutputArea;
  private readonly foldBar: HTMLElement;
  private readonly foldButton: HTMLButtonElement;
  private drawn: { output: OutputText; version: number; unfolded: boolean } | null = null;

  constructor(parent: HTMLElement, setUnfolded: (unfolded: boolean) => void) {
    this.element = parent.createDiv({
      cls: ['labpath-output', 'labpath-hidden'],
      attr: { tabindex: 0, role: 'region' },
    });
    nameElement(this.element, 'Output', parent);
    this.area = new OutputArea(this.element);
    this.foldBar = parent.createDiv({ cls: ['labpath-fold', 'labpath-hidden'] });
    this.foldButton = iconButton(this.foldBar, {
      icon: 'list',
      label: 'Show all',
      text: true,
      onClick: () => setUnfolded(this.drawn?.unfolded !== true),
    });
  }

  draw(run: RunSnapshot | null, unfolded: boolean): void {
    const output = run?.output ?? null;
    const drawn = this.drawn;
    if (
      output &&
      drawn?.output === output &&
      drawn.version === output.version &&
      drawn.unfolded === unfolded
    ) {
      return;
    }
    this.drawn = output && { output, version: output.version, unfolded };
    const count = output?.lineCount ?? 0;
    this.element.toggleClass('labpath-hidden', count === 0);
    this.element.toggleClass('is-unfolded', unfolded);
    this.foldBar.toggleClass('labpath-hidden', count <= FOLD_ABOVE);
    this.foldButton.setAttribute('aria-expanded', String(unfolded));
    setButtonLabel(
      this.foldButton,
      unfolded ? 'Fold output' : `Show all ${count.toLocaleString('en')} lines`,
    );
    this.area.draw(output ? rowsOf(output, unfolded) : []);
  }
}
