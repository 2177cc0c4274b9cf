/** Does `text` match a pattern of `*` (any run of characters) and `?` (any one), letter case aside (ssh_config(5))? */
export function wildcardMatches(pattern: string, text: string): boolean {
  const wanted = pattern.toLowerCase();
  const given = text.toLowerCase();
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
