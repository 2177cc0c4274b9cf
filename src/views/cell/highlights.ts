import type { Match } from '../../output/search';
import { windowOf } from '../ui/windows';

const ALL = 'labpath-match';
const CURRENT = 'labpath-match-current';

/**
 * Marks places in drawn lines without touching their elements (CSS custom highlights). Gives the way to take the marks
 * away again. `rows` holds one element per line, sentences apart.
 */
export function highlightMatches(rows: HTMLElement, matches: readonly Match[], current: number): () => void {
  // Each window has a register of its own.
  const { CSS, Highlight } = windowOf(rows);
  const registry = CSS.highlights;
  const lines = rows.querySelectorAll(':scope > .labpath-line:not(.is-sentence)');
  const made: { readonly name: string; readonly range: Range }[] = [];
  for (const [i, match] of matches.entries()) {
    const range = rangeIn(lines.item(match.line), match);
    if (!range) continue;
    const name = i === current ? CURRENT : ALL;
    const marks = registry.get(name) ?? new Highlight();
    registry.set(name, marks);
    marks.add(range);
    made.push({ name, range });
  }
  return () => {
    for (const { name, range } of made) registry.get(name)?.delete(range);
  };
}

/** Columns of a line as a range over its text nodes. */
function rangeIn(line: Element | null, { from, to }: Match): Range | null {
  if (!line) return null;
  const walker = line.ownerDocument.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  const range = line.ownerDocument.createRange();
  let passed = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (!begun && from < passed + length) {
      range.setStart(node, from - passed);
      begun = true;
    }
    if (begun && to <= passed + length) {
      range.setEnd(node, to - passed);
      return range;
    }
    passed += length;
  }
  return null;
}
