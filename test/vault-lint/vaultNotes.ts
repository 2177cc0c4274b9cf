/** The notes of the sample vault as the lint sees them. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { scanFences } from '../../src/markdown/fences';
import { parseFrontmatter, type Frontmatter } from '../../src/markdown/frontmatter';
import { blankInlineCode } from '../../src/markdown/links';

export interface VaultCell {
  readonly role: string | null;
  readonly id: string | null;
  readonly lang: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly body: string;
  /** `note:line`, to be found in a failure's message. */
  readonly where: string;
}

export interface VaultNote {
  readonly title: string;
  readonly text: string;
  readonly frontmatter: Frontmatter;
  readonly cells: readonly VaultCell[];
}

const VAULT = path.resolve(import.meta.dirname, '../../sample-vault');
const ROLES = ['setup', 'step', 'observe', 'fault', 'check', 'hint', 'solution', 'cleanup', 'expect'];

/** What people have written, read afresh. */
export function vaultNotes(): VaultNote[] {
  return allNotes().filter(({ frontmatter }) => frontmatter.data['type'] !== 'receipt');
}

/** What the prover has seen of labs. */
export function receipts(): VaultNote[] {
  return allNotes().filter(({ frontmatter }) => frontmatter.data['type'] === 'receipt');
}

function allNotes(): VaultNote[] {
  return readdirSync(VAULT, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && !file.startsWith('.'))
    .sort()
    .map((file) => {
      const text = readFileSync(path.join(VAULT, file), 'utf8');
      const title = path.basename(file, '.md');
      return { title, text, frontmatter: parseFrontmatter(text), cells: cellsOf(title, text) };
    });
}

/** Notes with at least one check. */
export function labs(): VaultNote[] {
  return vaultNotes().filter((note) => note.cells.some((cell) => cell.role === 'check'));
}

/** The lines that are text: frontmatter included (its links count), code left out (`[[` is bash there). */
export function proseLines(text: string): string[] {
  const fences = scanFences(text);
  return text
    .split('\n')
    .filter((_, i) => !fences.some((fence) => fence.line <= i + 1 && i + 1 <= fence.endLine))
    .map(blankInlineCode);
}

/** The code with every placeholder filled, so that bash can judge it. */
export function filled(source: string): string {
  return source.replace(/<[a-z]+>/g, '1');
}

/**
 * Reads `LANG {role #id key=value flag}` on its own and strictly: whatever form it does not know is an error, so the
 * vault keeps to the one form that `docs/authoring.md` teaches.
 */
function cellsOf(title: string, text: string): VaultCell[] {
  const cells: VaultCell[] = [];
  for (const fence of scanFences(text)) {
    const where = `${title}:${fence.line}`;
    const info = /^([\w-]+)(?: \{([^{}]*)\})?$/.exec(fence.info);
    if (!info?.[1])
      throw new Error(`${where}: the info string "${fence.info}" is not in the form of the vault.`);
    if (!fence.closed) throw new Error(`${where}: the fence is not closed.`);
    const words = info[2]?.split(' ') ?? [];
    const attributes: Record<string, string> = {};
    let role: string | null = null;
    let id: string | null = null;
    for (const word of words) {
      const [key = '', value = ''] = word.split('=');
      if (word.startsWith('#')) id = word.slice(1);
      else if (ROLES.includes(word)) role = word;
      else attributes[key] = value;
    }
    if (role !== null || info[1] === 'bash')
      cells.push({ role, id, lang: info[1], attributes, body: fence.body, where });
  }
  return cells;
}
