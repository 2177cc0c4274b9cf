import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import { problem, type Problem } from '../base/problem';
import { isRecord } from '../base/record';

/** The YAML block at the head of a note. */
export interface Frontmatter {
  readonly data: Readonly<Record<string, unknown>>;
  /** 1-based line on which the note's body begins. */
  readonly bodyLine: number;
  /** Set when the block is not valid YAML, or never closes; `data` then holds the properties that could be saved. */
  readonly problem: Problem | null;
}

/**
 * Reads the frontmatter as Obsidian does: only a `---` on the very first line opens it, `---` closes it.
 * Dates stay text (Obsidian keeps them so), hence the core schema.
 */
export function parseFrontmatter(text: string): Frontmatter {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const bodyLine = findBodyLine(lines);
  if (bodyLine === 1) return { data: {}, bodyLine, problem: neverCloses(lines) };
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
    const { data, brokenAt, reason } = salvage(block);
    // js-yaml counts from 0 inside the block; the block starts on line 2 of the note.
    const line = brokenAt ?? (error instanceof YAMLException ? error.mark.line : 0);
    return {
      data,
      bodyLine,
      problem: problem(
        `Line ${line + 2} of the frontmatter is not valid YAML.`,
        `The parser says: ${reason ?? reasonOf(error)}.`,
        'Correct that line; until then only the other properties are used.',
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

/** A first line of `---` may be a rule; with a property below it, it was meant to be closed. */
function neverCloses(lines: readonly string[]): Problem | null {
  if (lines[0]?.trimEnd() !== '---' || !/^[\w-]+:(?:\s|$)/.test(lines[1] ?? '')) return null;
  return problem(
    'The frontmatter that opens on line 1 never closes.',
    'So none of its properties count, and its lines are text of the note.',
    'Write `---` on a line of its own below the last property.',
  );
}

interface Salvaged {
  readonly data: Record<string, unknown>;
  /** 0-based line in the block of the first property that is broken by itself, and what the parser says of it. */
  readonly brokenAt: number | null;
  readonly reason: string | null;
}

/**
 * The properties of a broken block, each read by itself, so that one bad line does not lose the note its type. It
 * also finds the line to blame: the parser of the whole block often complains only on the line after.
 */
function salvage(block: readonly string[]): Salvaged {
  const starts = block.flatMap((line, i) => (/^[^\s#-]/.test(line) ? [i] : []));
  const data: Record<string, unknown> = {};
  let broken: { at: number; reason: string } | null = null;
  starts.forEach((start, i) => {
    const lines = block.slice(start, starts[i + 1]);
    try {
      const property = load(lines.join('\n'), { schema: CORE_SCHEMA });
      if (isRecord(property)) Object.assign(data, property);
    } catch (error) {
      const within = error instanceof YAMLException ? error.mark.line : 0;
      broken ??= { at: start + Math.min(within, lines.length - 1), reason: reasonOf(error) };
    }
  });
  const found = broken as { at: number; reason: string } | null;
  return { data, brokenAt: found?.at ?? null, reason: found?.reason ?? null };
}

function reasonOf(error: unknown): string {
  return error instanceof YAMLException ? error.reason : String(error);
}

/** A frontmatter value as a list of texts: absent and empty values are no items, a scalar is one item. */
export function textList(value: unknown): string[] {
  if (value === undefined || value === null || value === '') return [];
  const items: unknown[] = Array.isArray(value) ? value : [value];
  return items.filter((item) => typeof item === 'string' || typeof item === 'number').map(String);
}
