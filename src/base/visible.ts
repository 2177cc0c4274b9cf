/**
 * Text from elsewhere (a server, a note, a far-away program) as it may stand in a sentence or in the user's terminal:
 * what would move the cursor, recolour the screen, hide or turn around text is shown by its code point, `‹U+001B›`.
 * Newlines and tabs stay.
 */
export function visibleText(text: string): string {
  return text.replace(/\p{Cc}|\p{Bidi_Control}|[\u00ad\u200b-\u200d\u2060-\u2064\ufeff]/gu, (character) =>
    character === '\n' || character === '\t' ? character : `‹${codePoint(character)}›`,
  );
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
