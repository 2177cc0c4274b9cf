import { setTooltip } from 'obsidian';
import type { RunSnapshot } from '../../runs/snapshot';
import { whereWords } from './words';

/** Where a cell ran, and whether that shell still lives. */
export class SessionChip {
  private readonly element: HTMLElement;
  private readonly words: HTMLElement;
  private readonly life: HTMLElement;

  constructor(parent: HTMLElement) {
    this.element = parent.createSpan({ cls: 'labpath-where' });
    this.element.createSpan({ cls: 'labpath-life', attr: { 'aria-hidden': 'true' } });
    this.words = this.element.createSpan();
    this.life = this.element.createSpan({ cls: 'labpath-visually-hidden' });
  }

  draw(run: RunSnapshot | null, alive: boolean): void {
    const where = run?.where ?? null;
    this.element.toggleClass('labpath-hidden', where === null);
    if (!where) return;
    const text = whereWords(where);
    this.words.setText(text);
    this.element.toggleClass('is-alive', alive);
    const life = alive ? 'This session is alive' : 'This session has ended; the next run opens a new one';
    this.life.setText(`. ${life}.`);
    setTooltip(this.element, `${text}. ${life}.`);
  }
}
