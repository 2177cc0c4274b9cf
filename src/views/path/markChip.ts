import { setTooltip } from 'obsidian';
import { MARK_ICONS, MARK_WORDS, type Mark } from '../../path/marks';
import { icon } from '../ui/dom';

/** A mark beside a state; where room is short, only its icon shows, and its words when one points at it. */
export function drawMark(parent: HTMLElement, mark: Mark): void {
  const chip = parent.createSpan({ cls: `labpath-chip labpath-mark is-${mark}` });
  setTooltip(chip, MARK_WORDS[mark]);
  icon(chip, MARK_ICONS[mark], 'labpath-mark-icon');
  chip.createSpan({ cls: 'labpath-mark-words', text: MARK_WORDS[mark] });
}
