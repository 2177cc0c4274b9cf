import { describe, expect, it } from 'vitest';
import { scanCells } from '../../src/cells/scan';
import { toJunit } from '../../src/cli/verify/machineReports';
import type { LabOutcome } from '../../src/cli/verify/outcome';
import { readLab } from '../../src/labs/lab';
import { lie } from '../../src/labs/prover/findings';

const cells = scanCells(
  '```bash {check #c}\necho x\n```\n```bash {fault #f breaks=c}\nx\n```\n```bash {solution #m for=f}\ny\n```\n',
);
const [check, fault] = cells;
const outcome: LabOutcome = {
  note: { path: '/v/A & B.md', base: '/v', title: 'A & B', text: '', cells, frontmatter: {} },
  lab: readLab(cells),
  verdict: 'proved',
  lint: [],
  proof: { lies: [], rows: [], ran: [] },
  missing: [],
  machine: null,
  durationMs: 1234,
};

describe('the JUnit file', () => {
  it('has a case for the lab and one for each fault, and counts what did not hold where it belongs', () => {
    const lies = [
      lie('does-not-break', fault ?? null, 'It breaks `c`.', 'The check <c> passes.\u0007'),
      lie('flaky', check ?? null, 'It says the same.', 'It passed 1 of 3 times.'),
    ];
    const xml = toJunit([{ ...outcome, verdict: 'refuted', proof: { lies, rows: [], ran: [] } }], false);
    expect(xml).toContain('<testsuite name="A &amp; B" tests="2" failures="2" skipped="0" time="1.234">');
    const [, whole = '', broken = ''] = xml.split('<testcase ');
    expect(whole).toMatch(/name="the lab as a whole"[^]*A check is flaky[^]*It passed 1 of 3 times\./);
    expect(broken).toMatch(
      /name="fault f"[^]*A fault does not break what it claims[^]*The check &lt;c&gt; passes\.</,
    );
  });

  it('skips a lab for another machine, and fails a blocked one unless that is allowed', () => {
    const blocked: LabOutcome = { ...outcome, verdict: 'blocked', proof: null, missing: ['tool/x'] };
    expect(toJunit([blocked], false)).toContain('failures="1" skipped="0"');
    expect(toJunit([blocked], true)).toMatch(/failures="0" skipped="1"[^]*The machine lacks tool\/x\./);
    expect(toJunit([{ ...blocked, verdict: 'elsewhere', missing: [] }], false)).toContain('skipped="1"');
  });
});
