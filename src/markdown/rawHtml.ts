/** Blocks of raw HTML (CommonMark §4.6), in which no fence begins. */

/** Tags that open such a block even without a line of their own (kind 6). */
const BLOCK_TAGS =
  'address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|' +
  'fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|' +
  'menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|' +
  'track|ul';

const BLANK = /^[ \t]*$/;

/** Where each kind begins, and what its last line holds; kind 7, any other tag, is below. */
const KINDS: readonly (readonly [RegExp, RegExp])[] = [
  [/^<(?:script|pre|style|textarea)(?:[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<!\[CDATA\[/, /\]\]>/],
  [/^<![a-z]/i, />/],
  [new RegExp(`^</?(?:${BLOCK_TAGS})(?:\\s|/?>|$)`, 'i'), BLANK],
];

const ATTRIBUTE = '\\s+[a-zA-Z_:][\\w.:-]*(?:\\s*=\\s*(?:[^\\s"\'=<>`]+|\'[^\']*\'|"[^"]*"))?';
/** A whole tag alone on its line (kind 7). */
const LONE_TAG = new RegExp(
  `^(?:<[a-z][a-z0-9-]*(?:${ATTRIBUTE})*\\s*/?>|</[a-z][a-z0-9-]*\\s*>)[ \\t]*$`,
  'i',
);

/**
 * What ends the block of raw HTML that begins with this line, or null when none begins or it ends there and then.
 *
 * @param text the line without its indentation
 * @param inParagraph whether the line could continue a paragraph; a lone tag then begins nothing
 */
export function rawHtmlEnd(text: string, inParagraph: boolean): RegExp | null {
  if (!text.startsWith('<')) return null;
  const kind = KINDS.find(([begin]) => begin.test(text));
  if (kind) return kind[1].test(text) ? null : kind[1];
  return !inParagraph && LONE_TAG.test(text) ? BLANK : null;
}
