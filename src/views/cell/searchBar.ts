import { findInOutput, type Match } from '../../output/search';
import type { OutputText } from '../../output/outputText';
import { iconButton } from '../ui/dom';
import { highlightMatches } from './highlights';

/** Finds text in an output: marks every match and walks from one to the next. */
export class SearchBar {
  private readonly element: HTMLElement;
  private readonly field: HTMLInputElement;
  private readonly count: HTMLElement;
  private matches: readonly Match[] = [];
  private current = 0;
  private searched: { output: OutputText; version: number; query: string } | null = null;
  private unmark: () => void = () => undefined;

  constructor(
    parent: HTMLElement,
    private readonly rows: HTMLElement,
    private readonly close: () => void,
  ) {
    this.element = parent.createDiv({ cls: 'labpath-search', attr: { role: 'search' } });
    this.field = this.element.createEl('input', {
      type: 'search',
      placeholder: 'Search the output',
      attr: { 'aria-label': 'Search the output', spellcheck: 'false' },
    });
    this.count = this.element.createSpan({ cls: 'labpath-search-count', attr: { role: 'status' } });
    iconButton(this.element, { icon: 'chevron-up', label: 'Previous match', onClick: () => this.go(-1) });
    iconButton(this.element, { icon: 'chevron-down', label: 'Next match', onClick: () => this.go(1) });
    iconButton(this.element, { icon: 'x', label: 'Close search', onClick: () => this.close() });
    this.field.addEventListener('input', () => {
      this.current = 0;
      if (this.searched) this.draw(this.searched.output, true);
      this.reveal();
    });
    this.field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.go(event.shiftKey ? -1 : 1);
      else if (event.key === 'Escape') this.close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  focus(): void {
    this.field.focus();
  }

  /** Marks the matches in the rows as they are drawn now. */
  draw(output: OutputText, again = false): void {
    const query = this.field.value;
    const { searched } = this;
    const isOld =
      searched?.output === output && searched.version === output.version && searched.query === query;
    if (isOld && !again) return;
    this.searched = { output, version: output.version, query };
    this.matches = findInOutput(output.lines(), query);
    this.current = Math.min(this.current, Math.max(0, this.matches.length - 1));
    this.mark();
    const found = this.matches.length;
    this.count.setText(query === '' ? '' : found === 0 ? 'Nothing found' : `${this.current + 1} of ${found}`);
  }

  destroy(): void {
    this.unmark();
    this.element.remove();
  }

  private go(step: number): void {
    const { length } = this.matches;
    if (length === 0) return;
    this.current = (this.current + step + length) % length;
    this.count.setText(`${this.current + 1} of ${length}`);
    this.mark();
    this.reveal();
  }

  private mark(): void {
    this.unmark();
    this.unmark = highlightMatches(this.rows, this.matches, this.current);
  }

  private reveal(): void {
    const match = this.matches[this.current];
    if (match) rowOf(this.rows, match.line)?.scrollIntoView({ block: 'nearest' });
  }
}

/** The element of a line. A sentence about missing lines may stand between; it carries no line number. */
function rowOf(rows: HTMLElement, line: number): Element | null {
  return rows.querySelectorAll(':scope > .labpath-line:not(.is-sentence)').item(line);
}
