/** Searching by parts of words (obsidian.d.ts "function prepareFuzzySearch"). */
import type * as O from 'obsidian';

/** Every letter of the query in order; the closer together and the nearer to the start of words, the better. */
export function prepareFuzzySearch(query: string): (text: string) => O.SearchResult | null {
  const letters = [...query.toLowerCase()].filter((letter) => letter.trim() !== '');
  return (text) => {
    const lower = text.toLowerCase();
    const whole = lower.indexOf(query.toLowerCase().trim());
    if (whole >= 0 && query.trim() !== '') {
      return { score: -whole / 100, matches: [[whole, whole + query.trim().length]] };
    }
    const matches: O.SearchMatches = [];
    let at = 0;
    let score = -1;
    for (const letter of letters) {
      const found = lower.indexOf(letter, at);
      if (found < 0) return null;
      const last = matches.at(-1);
      if (last?.[1] === found) last[1] = found + 1;
      else {
        matches.push([found, found + 1]);
        score -= found > 0 && /\w/.test(lower[found - 1] ?? '') ? 0.6 : 0.2;
      }
      at = found + 1;
    }
    return { score: score - text.length / 1000, matches };
  };
}

/** Every word of the query somewhere in the text. */
export function prepareSimpleSearch(query: string): (text: string) => O.SearchResult | null {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return (text) => {
    const lower = text.toLowerCase();
    const matches = words.map((word) => lower.indexOf(word));
    if (matches.some((at) => at < 0)) return null;
    return {
      score: -matches.reduce((sum, at) => sum + at, 0) / 100,
      matches: matches.map((at, index): O.SearchMatchPart => [at, at + (words[index] ?? '').length]),
    };
  };
}

/** Best first. */
export function sortSearchResults(results: O.SearchResultContainer[]): void {
  results.sort((left, right) => right.match.score - left.match.score);
}

export function renderMatches(
  element: HTMLElement | DocumentFragment,
  text: string,
  matches: O.SearchMatches | null,
  offset = 0,
): void {
  let at = 0;
  for (const [from, to] of [...(matches ?? [])].sort(([left], [right]) => left - right)) {
    const start = Math.max(at, from + offset);
    const end = Math.min(text.length, to + offset);
    if (start >= end) continue;
    element.appendText(text.slice(at, start));
    element.createSpan({ cls: 'suggestion-highlight', text: text.slice(start, end) });
    at = end;
  }
  element.appendText(text.slice(at));
}

export function renderResults(element: HTMLElement, text: string, result: O.SearchResult, offset = 0): void {
  renderMatches(element, text, result.matches, offset);
}
