import { findSlots } from './shellSlots';

/** Names of the placeholders (`<name>`, `{{name}}`) of bash source, in order of first appearance. */
export function findPlaceholders(source: string): string[] {
  return [...new Set(findSlots(source).map((slot) => slot.name))];
}

/**
 * The source with its placeholders replaced by the values. Bash sees exactly the value as (part of) one word; nothing
 * in a value can become a command, an expansion or a redirection. Placeholders without a value stay.
 */
export function fillPlaceholders(source: string, values: Readonly<Record<string, string>>): string {
  let filled = '';
  let at = 0;
  for (const slot of findSlots(source)) {
    const value = Object.hasOwn(values, slot.name) ? values[slot.name] : undefined;
    if (value === undefined) continue;
    const word = escapeWord(value);
    filled += source.slice(at, slot.from) + (slot.quoted ? `"${word}"` : word);
    at = slot.to;
  }
  return filled + source.slice(at);
}

/**
 * A value as bash reads it outside quotes. Every special character gets its own backslash instead of quotes around the
 * whole: should we ever misjudge in which quotes a placeholder stands, a backslashed character still starts nothing.
 * NUL cannot be in an argument and is left out. `•` means nothing to a shell, and stands for secrets where code is shown.
 */
function escapeWord(value: string): string {
  if (value === '') return "''";
  return value.replace(/[^A-Za-z0-9_/.:@%+•-]/gu, (char) => {
    if (char === '\0') return '';
    if (char === '\n') return "$'\\n'";
    return `\\${char}`;
  });
}
