/**
 * Characters that hide, reorder or imitate what one reads: control and format characters (Cc, Cf: bidi controls,
 * zero-width, tags, soft hyphen), line and paragraph separators, spaces that are no space to a shell, fillers and
 * blanks that show nothing although they count as letters or symbols, and variation selectors (but for the one that
 * makes an emoji colourful).
 */
const INVISIBLE = new RegExp(
  [
    // Here, and not in the class below, because they combine with the character before them.
    '[\\u034f\\u17b4\\u17b5\\u180b-\\u180d\\u180f\\ufe00-\\ufe0e\\u{e0100}-\\u{e01ef}]',
    '[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\u115f\\u1160\\u2800\\u3164\\uffa0]',
    '(?! )\\p{Zs}',
    // Matched with its emoji, so that only the others are marked.
    '\\p{Extended_Pictographic}\\ufe0f',
    '\\ufe0f',
  ].join('|'),
  'gu',
);

/** A character by its code point: `‹U+202E›`. */
export function codePointMark(char: string): string {
  return `‹U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`;
}

/**
 * A text to be judged by a person: names, code and prompts that came from a note or a server. What cannot be seen is
 * shown by its code point; line ends and tabs stay.
 */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (found) => (isSeen(found) ? found : codePointMark(found)));
}

function isSeen(found: string): boolean {
  return found === '\n' || found === '\t' || (found.length > 1 && found.endsWith('\ufe0f'));
}

/** `visible` for a text that must stay on one line, such as a name in a list. */
export function visibleLine(text: string): string {
  return visible(text).replaceAll('\n', '⏎').replaceAll('\t', ' ');
}

/** 1-based lines that hold something `visible` has to mark. */
export function linesWithHidden(text: string): number[] {
  return text.split('\n').flatMap((line, index) => (visible(line) === line ? [] : [index + 1]));
}
