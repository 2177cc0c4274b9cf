/** What is left of a line, and the column it starts at; tabs go to the next multiple of four (CommonMark §2.2). */
export interface Cursor {
  readonly text: string;
  readonly column: number;
}

const TAB_STOP = 4;

/** Columns of white space in front. */
export function indentOf({ text, column }: Cursor): number {
  let at = column;
  for (const char of text) {
    if (char === ' ') at++;
    else if (char === '\t') at += TAB_STOP - (at % TAB_STOP);
    else break;
  }
  return at - column;
}

/** The line without up to `columns` columns of white space in front; the rest of a tab cut in two becomes spaces. */
export function skipIndent({ text, column }: Cursor, columns: number): Cursor {
  let at = column;
  let used = 0;
  while (at < column + columns) {
    const char = text[used];
    if (char === ' ') at++;
    else if (char === '\t') at += TAB_STOP - (at % TAB_STOP);
    else break;
    used++;
  }
  const over = Math.max(0, at - column - columns);
  return { text: ' '.repeat(over) + text.slice(used), column: at - over };
}

/** The line behind `length` characters that are no white space. */
export function skipText({ text, column }: Cursor, length: number): Cursor {
  return { text: text.slice(length), column: column + length };
}

export function isBlank({ text }: Cursor): boolean {
  return /^[ \t]*$/.test(text);
}
