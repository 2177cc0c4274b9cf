/**
 * A heading as it was meant. Emoji that were once decoded as Mac Roman ("üîç") are shown as the emoji; a heading that
 * is no such thing comes back as it is. Only for showing: the note keeps its bytes.
 */
export function readable(heading: string): string {
  return heading
    .split(' ')
    .map((word) => (word !== '' && !/[A-Za-z0-9]{2}/.test(word) ? repair(word) : word))
    .join(' ');
}

function repair(word: string): string {
  const bytes: number[] = [];
  for (const character of word) {
    const byte = character <= '\u007f' ? character.charCodeAt(0) : macRoman().get(character);
    if (byte === undefined) return word;
    bytes.push(byte);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(bytes));
  } catch {
    return word;
  }
}

let table: ReadonlyMap<string, number> | null = null;

/** The upper half of Mac Roman: character → byte. */
function macRoman(): ReadonlyMap<string, number> {
  const upper = Uint8Array.from({ length: 128 }, (_, i) => 128 + i);
  table ??= new Map(
    [...new TextDecoder('macintosh').decode(upper)].map((character, i) => [character, 128 + i]),
  );
  return table;
}

/** The text with every heading as it was meant; all else as it was, to the byte. */
export function repairHeadings(text: string): string {
  const lines = text.split('\n');
  for (const { line, meant } of brokenHeadings(text)) lines[line - 1] = meant;
  return lines.join('\n');
}

/** The headings that are not as they were meant, by their 1-based line. */
export function brokenHeadings(text: string): { readonly line: number; readonly meant: string }[] {
  let fence = '';
  return text.split('\n').flatMap((line, i) => {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (fence === '') fence = mark;
    else if (mark.startsWith(fence)) fence = '';
    if (fence !== '' || !/^ {0,3}#{1,6}[ \t]/.test(line)) return [];
    const meant = readable(line);
    return meant === line ? [] : [{ line: i + 1, meant }];
  });
}
