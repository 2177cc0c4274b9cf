import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Examined } from '../../src/machine/findings';
import { labTools } from '../../src/machine/tools';
import { folderOf, people, sendHome } from './people';

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

  it('tells those who ask next what labs may require there now', async () => {
    const kept = () =>
      readFileSync(path.join(person.machineFolder('lab'), 'capabilities'), 'utf8').split('\n');
    expect(kept()).not.toContain('tool/tcpdump');
    await person.ssh('lab', 'umount "$(command -v tcpdump)"');
    await person.labpath('doctor');
    expect(kept()).toContain('tool/tcpdump');
    await person.ssh('lab', 'mount --bind /dev/null "$(command -v tcpdump)"');
  });

  it('installs on this computer what a sandbox lacks, and shows it in a fresh one', async () => {
    const bin = folderOf(person, 'bin', 0o755);
    const asked = path.join(person.home, 'asked');
    // What is missing only seems so; no package manager is let near this computer.
    for (const [name, script] of [
      ['apt-get', `echo "apt-get $*" >>${asked}`],
      ['sudo', 'shift; exec "$@"'],
    ] as const)
      writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const fix = () =>
      person.labpathWith({ PATH: `${bin}:${process.env.PATH ?? ''}` }, 'doctor', '--fix', '--yes', '--json');
    const { status, stdout } = await fix();
    expect(readFileSync(asked, 'utf8')).toMatch(
      /^apt-get update -q\napt-get install -y --no-install-recommends ([\w.+-]+ )*tcpdump( |\n)/,
    );
    expect(status).toBe(0);
    expect(sentence(JSON.parse(stdout) as Report, 'tcpdump')).toMatch(/^present /);
  });

  it('fails and says what is to be done when the installation fails, also of what no lab requires', async () => {
    await person.ssh('lab', 'mount --bind /dev/null "$(command -v jq)"');
    const bin = folderOf(person, 'bin', 0o755);
    writeFileSync(path.join(bin, 'apt-get'), '#!/bin/sh\necho "no servers today" >&2; exit 100\n');
    const PATH = `${bin}:${process.env.PATH ?? ''}`;
    const { status, stdout, stderr } = await person.labpathWith({ PATH }, 'doctor', '--fix', '--yes');
    expect([status, stderr]).toEqual([1, expect.stringContaining('no servers today')]);
    expect(stdout).toContain('The packages could not be installed');
    expect(stdout).toMatch(
      /Install them yourself, then make the lab machine fresh .*: sudo apt-get install .*jq/,
    );
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
