import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Examined } from '../../src/machine/findings';
import { labTools } from '../../src/machine/tools';
import { people, sendHome } from './people';

const everyone = people();
afterAll(() => sendHome(everyone));

interface Report {
  readonly ok: boolean;
  readonly computer: readonly Examined[];
  readonly machine: { readonly system: string; readonly findings: readonly Examined[] } | null;
  readonly problem: { readonly what: string } | null;
}

describe.each(everyone)('the doctor of $title', (person) => {
  const doctor = async () => {
    const result = await person.labpath('doctor', '--json');
    return { status: result.status, report: JSON.parse(result.stdout) as Report };
  };

  beforeAll(async () => {
    await person.labpath('lab', 'up');
  });
  afterAll(async () => {
    await person.labpath('lab', 'down');
  });

  it('finds every tool of the list in one of three states, and all required ones present', async () => {
    const { status, report } = await doctor();
    expect(status).toBe(0);
    expect(report.ok).toBe(true);
    expect(report.machine?.findings.map(({ id }) => id)).toEqual(labTools.map(({ id }) => id));
    expect(sentence(report, 'iproute2')).toMatch(/^present \d+\.\d+/);
    expect(sentence(report, 'root')).toMatch(/^present \d+\.\d+/);
    expect(sentence(report, 'falco')).toMatch(/^unavailable .*only the real root may do/);
  });

  it('names what is missing with the line that installs it, and fails when that is required', async () => {
    const hidden = await person.ssh('lab', 'mount --bind /dev/null "$(command -v tcpdump)"');
    expect(hidden.status).toBe(0);
    const { status, report } = await doctor();
    expect([status, report.ok]).toEqual([1, false]);
    expect(sentence(report, 'tcpdump')).toMatch(/^missing .* tcpdump$/);
  });

  it('tells a tool that is there but does not work from one that works', async () => {
    await person.ssh(
      'lab',
      'printf "#!/bin/sh\necho broken >&2; exit 1" >/run/ip; chmod +x /run/ip; mount --bind /run/ip "$(command -v ip)"',
    );
    const { report } = await doctor();
    expect(sentence(report, 'iproute2')).toBe('unavailable ip is installed but does not work: broken');
  });

  it('says that the machine does not run, and fails', async () => {
    await person.labpath('lab', 'down');
    const { status, report } = await doctor();
    expect(status).toBe(1);
    expect(report.machine).toBeNull();
    expect(report.problem?.what).toBe('The lab machine “lab” does not run, so its tools were not looked at.');
    expect(report.computer.map(({ id, finding }) => [id, finding.status])).toContainEqual([
      'sandbox',
      'present',
    ]);
  });
});

/** A finding of the machine as one line. */
function sentence(report: Report, tool: string): string | undefined {
  const finding = report.machine?.findings.find(({ id }) => id === tool)?.finding;
  return finding && Object.values(finding).join(' ');
}
