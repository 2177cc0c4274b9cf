/** The lines of shell source that do something, trimmed: no comments, no empty lines, no lone keywords. */
export function commandsOf(source: string): string[] {
  return source
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#') && !KEYWORDS.has(line));
}

const KEYWORDS: ReadonlySet<string> = new Set([
  'then',
  'else',
  'fi',
  'do',
  'done',
  'esac',
  '{',
  '}',
  '(',
  ')',
  ';;',
]);
