/** Vaults of any size for benches: every hundredth note is a MOC with a track and sections. */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const STATUS = ['stub', 'draft', 'ready', 'verified'];
const PROSE =
  'A sentence of ordinary words about namespaces, bridges and routes, as notes have them.\n\n'.repeat(12);

export function noteName(i: number): string {
  return `Note ${i}`;
}

export function noteText(i: number, status = STATUS[i % STATUS.length] ?? 'draft'): string {
  const before = i % 100 === 0 ? '' : `prerequisites: ["[[${noteName(i - 1)}]]"]\n`;
  return `---\naliases: [Alias ${i}]\nstatus: ${status}\ntags: [a, topic/b]\nuid: uid-${i}\n${before}---\n\n## Summary\n\n${PROSE}See [[${noteName(i + 1)}]].\n`;
}

/** A MOC of a hundred notes: ten steps, eighty items, ten planned. */
export function mocText(m: number): string {
  const notes = Array.from({ length: 90 }, (_, i) => noteName(m * 100 + i));
  const steps = notes.slice(0, 10).map((name, i) => `${i + 1}. **[[${name}]]** - step`);
  const items = notes.slice(10).map((name) => `- [[${name}]] - item`);
  const planned = Array.from({ length: 10 }, (_, i) => `- **Planned ${m}.${i}** - words (planned)`);
  return `---\ntype: map\nuid: moc-${m}\n---\n\n## Learning Path\n\n${steps.join('\n')}\n\n## Items\n\n${items.join('\n')}\n\n## Ideas\n\n${planned.join('\n')}\n`;
}

/** One MOC of so many rows, all planned: tracks of ten steps, then sections of twenty items. */
export function bigMoc(rows: number): string {
  const steps = Math.floor(rows / 2);
  const track = (i: number) =>
    i % 10 === 0 ? `\n### Track ${i / 10}\n\n1. Step ${i} (planned)` : `1. Step ${i} (planned)`;
  const item = (i: number) =>
    i % 20 === 0 ? `\n## Section ${i / 20}\n\n- Item ${i} (planned)` : `- Item ${i} (planned)`;
  return `---\ntype: map\n---\n\n## Learning Path\n${Array.from({ length: steps }, (_, i) => track(i)).join('\n')}\n${Array.from({ length: rows - steps }, (_, i) => item(i)).join('\n')}\n`;
}

/** Vault paths and texts of a vault with so many notes, MOCs among them. */
export function* vaultNotes(count: number): Generator<readonly [path: string, text: string]> {
  const mocs = count / 100;
  for (let m = 0; m < mocs; m++) yield [`maps/Map ${m}.md`, mocText(m)];
  for (let i = 0; i < count - mocs; i++) yield [`f${i % 100}/${noteName(i)}.md`, noteText(i)];
}

/** Writes such a vault into a new temporary folder; the caller removes it. */
export async function writeVault(count: number): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'labpath-bench-'));
  await mkdir(join(dir, 'maps'));
  for (let f = 0; f < 100; f++) await mkdir(join(dir, `f${f}`));
  for (const [path, text] of vaultNotes(count)) await writeFile(join(dir, path), text);
  return dir;
}
