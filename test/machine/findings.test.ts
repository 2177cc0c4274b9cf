import { describe, expect, it } from 'vitest';
import { distributionName, packageFamily } from '../../src/machine/distribution';
import { allRequiredPresent, findingsOf, versionIn } from '../../src/machine/findings';
import { readProbe } from '../../src/machine/probe';
import type { LabTool } from '../../src/machine/tool';
import { labTools } from '../../src/machine/tools';

const osRelease = (id: string) => Buffer.from(`PRETTY_NAME="Some ${id} 12"\nID=${id}\n`).toString('base64');

function findings(tools: readonly LabTool[], ...lines: string[]) {
  const probed = readProbe(lines.join('\n'));
  if (probed === null) throw new Error('The probe said nothing.');
  return findingsOf(tools, probed).map(({ finding }) => Object.values(finding).join(': '));
}

const tool = (facts: Partial<LabTool>): LabTool => ({
  id: 'x',
  title: 'x',
  group: 'Security tools',
  required: true,
  version: ['x --version'],
  packages: {},
  ...facts,
});

describe('what the doctor finds', () => {
  const system = ['kernel\tLinux 6.1', `os-release\t${osRelease('ubuntu')}`];

  it('is the version of what works', () => {
    expect(findings([tool({})], ...system, 'tool\tx\tx\tyes\tx version 4.99.3 (with libpcap 1.10)')).toEqual([
      'present: 4.99.3',
    ]);
  });

  it('is the install line of the distribution for what is missing', () => {
    expect(findings([tool({ packages: { debian: 'xtool', fedora: 'x' } })], ...system)).toEqual([
      'missing: sudo apt-get install -y --no-install-recommends xtool',
    ]);
  });

  it('is where to get it when the distribution has no package', () => {
    expect(findings([tool({ source: 'https://x.example' })], ...system)).toEqual([
      'missing: https://x.example',
    ]);
    expect(findings([tool({ packages: { arch: 'x' } })], ...system)).toEqual([
      'missing: the package x of this distribution',
    ]);
  });

  it('is the reason when a sandbox cannot have it, and the install line where root is real', () => {
    const falco = tool({ needsRealRoot: 'It watches the kernel.', source: 'https://falco.example' });
    expect(findings([falco], ...system)).toEqual(['unavailable: It watches the kernel.']);
    expect(findings([falco], ...system, 'real-root\tyes')).toEqual(['missing: https://falco.example']);
  });

  it('is what a tool said that is there but does not work', () => {
    expect(findings([tool({})], ...system, 'tool\tx\tx\tno\tx: not permitted')).toEqual([
      'unavailable: x is installed but does not work: x: not permitted',
    ]);
  });

  it('is enough when only optional things are missing', () => {
    const probed = readProbe(system.join('\n'));
    if (probed === null) throw new Error('The probe said nothing.');
    expect(allRequiredPresent(findingsOf([tool({ required: false })], probed))).toBe(true);
    expect(allRequiredPresent(findingsOf([tool({})], probed))).toBe(false);
  });

  it('is nothing when the probe did not run', () => {
    expect(readProbe('bash: not found')).toBeNull();
  });
});

describe('versions', () => {
  it.each([
    ['ip utility, iproute2-6.1.0, libbpf 1.1.0', '6.1.0'],
    ['strace -- version 6.1', '6.1'],
    ['lsof version information: revision: 4.95.0', '4.95.0'],
    ['Linux 6.1.0-18-amd64', '6.1.0-18-amd64'],
    ['bpftrace v0.17.0', '0.17.0'],
    ['unknown', 'unknown'],
    ['/usr/lib/cni/bridge', '/usr/lib/cni/bridge'],
    ['less 590 (GNU regular expressions)', '590'],
    ['ping from iputils 20221126 libcap: yes, IDN: yes', '20221126'],
    ['usage: scmp_sys_resolver [-h] [-a <arch>] [-t] <name>|<number>', ''],
    ['Current: =ep Bounding set =cap_chown,cap_dac_override', ''],
  ])('are found in “%s”', (text, version) => {
    expect(versionIn(text)).toBe(version);
  });
});

describe('the list of tools', () => {
  it('names every tool of the notes once, each with a way to get it', () => {
    const ids = labTools.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const named =
      'iproute2 iptables tcpdump wireshark strace lsof proc perf bpftrace sysstat falco trivy grype';
    expect(ids).toEqual(expect.arrayContaining(named.split(' ')));
    for (const each of labTools)
      expect([each.id, each.source ?? Object.keys(each.packages).length]).not.toEqual([each.id, 0]);
  });
});

describe('distributions', () => {
  it('are known by their own name or by what they are like', () => {
    expect(packageFamily('ID=debian')).toBe('debian');
    expect(packageFamily('NAME=x\nID="linuxmint"\nID_LIKE="ubuntu debian"')).toBe('debian');
    expect(packageFamily('ID="rocky"\nID_LIKE="rhel centos fedora"')).toBe('fedora');
    expect(packageFamily('ID=nixos')).toBeNull();
    expect(packageFamily('')).toBeNull();
  });

  it('are called what they call themselves', () => {
    expect(distributionName('PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"')).toBe(
      'Debian GNU/Linux 12 (bookworm)',
    );
    expect(distributionName('')).toBe('Linux');
  });
});
