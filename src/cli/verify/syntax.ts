import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Cell } from '../../cells/cell';
import { fillPlaceholders } from '../../cells/placeholders';
import type { LintFinding } from '../../labs/lint/finding';

/**
 * What bash itself finds in the writing of the cells, which it reads without running them (`bash -n`). A value stands for
 * each placeholder.
 *
 * @param bash where that program lies
 */
export async function lintSyntax(cells: readonly Cell[], bash: string): Promise<LintFinding[]> {
  const code = cells.filter((cell) => cell.runnable && cell.role !== 'file');
  const findings: LintFinding[] = [];
  for (const cell of code) {
    const said = await readByBash(bash, filled(cell));
    const [, line, what] = /: line (\d+): (.*)$/m.exec(said) ?? [];
    if (line === undefined || what === undefined) continue;
    findings.push({
      rule: 'syntax',
      severity: 'error',
      line: cell.line + Number(line),
      cell: cell.id,
      message: `bash cannot read this cell: ${what}.`,
    });
  }
  return findings;
}

function filled({ source, placeholders }: Cell): string {
  return fillPlaceholders(source, Object.fromEntries(placeholders.map((name) => [name, 'value'])));
}

/** What bash says of a script, in English. */
async function readByBash(program: string, script: string): Promise<string> {
  const bash = spawn(program, ['-n'], { stdio: ['pipe', 'ignore', 'pipe'], env: { LC_ALL: 'C' } });
  let said = '';
  bash.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  bash.stdin.on('error', () => undefined);
  bash.stdin.end(`${script}\n`);
  await once(bash, 'close');
  return said;
}
