import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import { problem, type Problem } from '../base/problem';

/** The YAML block at the head of a note. */
export interface Frontmatter {
  readonly data: Readonly<Record<string, unknown>>;
  /** 1-based line on which the note's body begins. */
  readonly bodyLine: number;
  /** Set when the block is not valid YAML; `data` then holds the plain `key: value` lines that could be saved. */
  readonly problem: Problem | null;
}

/**
 * Reads the frontmatter as Obsidian does: only a `---` on the very first line opens it, `---` closes it.
 * Dates stay text (Obsidian keeps them so), hence the core schema.
 */
export function parseFrontmatter(text: string): Frontmatter {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const bodyLine = findBodyLine(lines);
  if (bodyLine === 1) return { data: {}, bodyLine, problem: null };
  const block = lines.slice(1, bodyLine - 2);
  try {
    const data = load(block.join('\n'), { schema: CORE_SCHEMA });
    if (data === undefined || data === null) return { data: {}, bodyLine, problem: null };
    if (isRecord(data)) return { data, bodyLine, problem: null };
    return {
      data: {},
      bodyLine,
      problem: problem('The frontmatter is not a list of properties.', '', 'Write it as `key: value` lines.'),
    };
  } catch (error) {
    // js-yaml counts from 0 inside the block; the block starts on line 2 of the note.
    const line = error instanceof YAMLException ? error.mark.line + 2 : 2;
    const reason = error instanceof YAMLException ? error.reason : String(error);
    return {
      data: salvage(block),
      bodyLine,
      problem: problem(
        `Line ${line} of the frontmatter is not valid YAML.`,
        `The parser says: ${reason}.`,
        'Correct that line; until then only its plain `key: value` lines are used.',
      ),
    };
  }
}

/** 1-based line on which the body begins, given a note's lines without byte order mark: 1 without frontmatter. */
export function findBodyLine(lines: readonly string[]): number {
  if (lines[0]?.trimEnd() !== '---') return 1;
  const close = lines.findIndex((line, i) => i > 0 && line.trimEnd() === '---');
  return close === -1 ? 1 : close + 2;
}

/** The scalar `key: value` lines of a broken block, so that one bad line does not lose the note its type. */
function salvage(block: readonly string[]): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  for (const line of block) {
    const match = /^([A-Za-z_][\w-]*):(?:\s+(.*))?$/.exec(line);
    if (!match?.[1]) continue;
    try {
      data[match[1]] = load(match[2] ?? '', { schema: CORE_SCHEMA }) ?? null;
    } catch {
      // This is the broken line itself; the problem already names it.
    }
  }
  return data;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A frontmatter value as a list of texts: absent and empty values are no items, a scalar is one item. */
export function textList(value: unknown): string[] {
  if (value === undefined || value === null || value === '') return [];
  const items: unknown[] = Array.isArray(value) ? value : [value];
  return items.filter((item) => typeof item === 'string' || typeof item === 'number').map(String);
}
