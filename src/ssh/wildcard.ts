/** Does `text` match a pattern of `*` (any run of characters) and `?` (any one), letter case aside (sshd(8))? */
export function wildcardMatches(pattern: string, text: string): boolean {
  return matchesExactly(pattern.toLowerCase(), text.toLowerCase());
}

/**
 * Does `text` match a list of patterns as Host and Match take them (ssh_config(5), PATTERNS): at least one, and none of
 * those behind `!`? Letter case counts there.
 */
export function patternListMatches(patterns: readonly string[], text: string): boolean {
  const refused = patterns.some((each) => each.startsWith('!') && matchesExactly(each.slice(1), text));
  return !refused && patterns.some((each) => !each.startsWith('!') && matchesExactly(each, text));
}

function matchesExactly(wanted: string, given: string): boolean {
  let inPattern = 0;
  let inText = 0;
  // Where to go on when a guess about the last star fails: one character more for the star.
  let star = -1;
  let retry = 0;
  while (inText < given.length) {
    const symbol = wanted[inPattern];
    if (symbol === '*') {
      star = inPattern++;
      retry = inText;
    } else if (symbol === '?' || symbol === given[inText]) {
      inPattern++;
      inText++;
    } else if (star !== -1) {
      inPattern = star + 1;
      inText = ++retry;
    } else {
      return false;
    }
  }
  while (wanted[inPattern] === '*') inPattern++;
  return inPattern === wanted.length;
}
