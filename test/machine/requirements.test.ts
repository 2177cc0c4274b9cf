import { describe, expect, it } from 'vitest';
import { readCapabilities } from '../../src/machine/capabilities';
import { machineFor, requirementInWords, requirementPattern, unmet } from '../../src/machine/requirements';

const output = `boot 1-2-3
kernel Linux 6.1.0
cap/net_admin
kernel/veth
kernel/sch_netem
kernel/br_netfilter
cgroup2
tool/curl
`;
const found = readCapabilities(output, 2);
if (found === null) throw new Error('The output was not read.');

describe('what a lab requires', () => {
  it('is met by what was found, also under the short names of qdiscs and with hyphens', () => {
    const met = [
      'cap/net_admin',
      'kernel/veth',
      'kernel/netem',
      'kernel/br-netfilter',
      'cgroup2',
      'tool/curl',
    ];
    expect(unmet([...met, 'nodes>=2'], found)).toEqual([]);
  });

  it('is unmet by what was not found, in the order of the lab', () => {
    const wanted = [
      'kvm',
      'tool/curl',
      'tool/cur',
      'nodes>=3',
      'cgroup2/memory',
      'cap/sys_module',
      'nonsense',
    ];
    expect(unmet(wanted, found)).toEqual(wanted.filter((each) => each !== 'tool/curl'));
  });

  it('is said in words', () => {
    expect(['cap/net_admin', 'kernel/netem', 'tool/jq', 'nodes>=3', 'x'].map(requirementInWords)).toEqual([
      'the right CAP_NET_ADMIN',
      'netem in the kernel',
      'the program jq',
      '3 machines on one network',
      '“x”, which is no known requirement',
    ]);
  });

  it('names the machine that would do', () => {
    expect(machineFor(['kernel/netem'])).toBe('labpath lab up --vm');
    expect(machineFor(['nodes>=3'])).toBe('labpath lab up --nodes 3');
    expect(machineFor(['cgroup2/memory', 'internet', 'nodes>=2'])).toBe(
      'labpath lab up --vm --internet --nodes 2',
    );
    expect(machineFor(['kvm'])).toBeNull();
  });

  it('is told from what is no requirement', () => {
    for (const good of ['kvm', 'nodes>=2', 'cgroup2/io', 'tool/nc.openbsd'])
      expect(good).toMatch(requirementPattern);
    for (const bad of ['cap/', 'nodes>=0', 'kernel', 'tool/a b']) expect(bad).not.toMatch(requirementPattern);
  });

  it('is unknown when the probe did not run', () => {
    expect(readCapabilities('bash: not found', 1)).toBeNull();
  });
});
