/** Proves every lab of the sample vault that needs a kernel of its own. Minutes each: run it with `npm run test:vm`. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseFrontmatter, textList } from '../../src/markdown/frontmatter';
import { bundledProgram, type Program } from './program';

const vault = path.resolve(import.meta.dirname, '../../sample-vault');

const notes = readdirSync(vault, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .filter((file) => {
    const { data } = parseFrontmatter(readFileSync(path.join(vault, file), 'utf8'));
    return textList(data['lab_env'])[0] === 'vm';
  })
  .sort();

let program: Program;
beforeAll(async () => {
  program = await bundledProgram();
}, 60_000);
afterAll(() => program.remove());

interface Verdict {
  readonly verdict: string;
  readonly missing: readonly string[];
  readonly lies: readonly { line: number; kind: string; claimed: string; seen: string }[];
  readonly durationMs: number;
}

/** Proves a note on virtual machines of its own. */
async function prove(note: string): Promise<Verdict> {
  const place = path.join(vault, note);
  const proof = await program.labpath('verify', place, '--lab-machine', 'vm', '--jobs', '1', '--json');
  // Without a verdict, what it said is what there is to know.
  return (proof.stdout === '' ? proof : JSON.parse(proof.stdout)) as Verdict;
}

describe('labs for a virtual machine', () => {
  it('are there', () => {
    expect(notes.length).toBeGreaterThan(0);
  });

  // Twice, each on machines booted for it: what holds once may have been luck.
  it.each(notes)(
    'twice in a row: %s',
    async (note) => {
      for (const round of ['first', 'second']) {
        const { durationMs, ...outcome } = await prove(note);
        expect(outcome).toMatchObject({ verdict: 'proved', missing: [], lies: [] });
        console.warn(`${note}: proved, the ${round} time in ${Math.round(durationMs / 1000)} s.`);
      }
    },
    3_600_000,
  );
});
