/** What is left of a line; tabs go to the next multiple of four columns (CommonMark §2.2). */
export interface Cursor {
  readonly text: string;
  /** The column `text` starts at. */
  readonly column: number;
  /** Columns of white space in front. Known, not counted anew: a line of deep nesting is asked often. */
  readonly indent: number;
}

const TAB_STOP = 4;

export function cursorAt(text: string, column = 0): Cursor {
  let end = column;
  for (const char of text) {
    if (char === ' ') end++;
    else if (char === '\t') end += TAB_STOP - (end % TAB_STOP);
    else break;
  }
  return { text, column, indent: end - column };
}

/** The line without up to `columns` columns of white space in front; the rest of a tab cut in two becomes spaces. */
export function skipIndent({ text, column, indent }: Cursor, columns: number): Cursor {
  const wanted = column + Math.min(columns, indent);
  let at = column;
  let used = 0;
  while (at < wanted) {
    at += text[used] === '\t' ? TAB_STOP - (at % TAB_STOP) : 1;
    used++;
  }
  return {
    text: ' '.repeat(at - wanted) + text.slice(used),
    column: wanted,
    indent: column + indent - wanted,
  };
}

/** The line behind `length` characters that are no white space. */
export function skipText({ text, column }: Cursor, length: number): Cursor {
  return cursorAt(text.slice(length), column + length);
}

export function isBlank({ text }: Cursor): boolean {
  return /^[ \t]*$/.test(text);
}
