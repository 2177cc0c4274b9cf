import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { scanCells } from '../../src/cells/scan';
import { readLab } from '../../src/labs/lab';
import { toolVariants } from '../../src/labs/prover/tools';

const folder = mkdtempSync(join(tmpdir(), 'labpath-tools-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Checks that pass where the tool is missing, as `check: tool`. */
function passing(...sources: string[]): string[] {
  const note = sources.map((source, i) => `\`\`\`bash {check #c${i}}\n${source}\n\`\`\``).join('\n\n');
  const variants = toolVariants(readLab(scanCells(note)).checks, folder, {});
  if (variants === null) throw new Error('no check was tried');
  const { stdout } = spawnSync('bash', ['-c', variants.script], { encoding: 'utf8' });
  return variants.read(stdout).map(({ check, tool }) => `${check.id}: ${tool}`);
}

describe('checks without their tools', () => {
  it('that pass because nobody looked are found, with the tool', () => {
    expect(passing('! git --version', 'git --version | grep -q "no such version"')).toEqual(['c0: git']);
  });

  it('that look for the tool themselves are left alone', () => {
    expect(passing('command -v git >/dev/null || exit 1; ! git --version')).toEqual([]);
  });

  it('do not meet each other, though each leaves something for the others to count', () => {
    // Side by side, one variant sees what another has written, and a lie is found only now and then.
    const counts = [
      'before=$(wc -l <"$LAB_DIR/seen")',
      'git --version >>"$LAB_DIR/seen" || true',
      'env perl -e "select undef, undef, undef, 0.3" || true',
      '[ "$(wc -l <"$LAB_DIR/seen")" = "$before" ]',
    ];
    const lie = [`touch "$LAB_DIR/seen"`, ...counts].join('\n');
    expect(passing(lie, lie, lie).filter((each) => each.endsWith(': git'))).toEqual([
      'c0: git',
      'c1: git',
      'c2: git',
    ]);
  });
});
