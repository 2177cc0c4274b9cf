import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { namesIn, probeFor, readCapabilities } from '../../src/labs/capabilities';
import {
  badRequirements,
  machineFor,
  nodesOf,
  readRequirements,
  requirementInWords,
  unmet,
  upArguments,
} from '../../src/path/requirements';

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
    const up = (lacking: readonly string[]) => {
      const better = machineFor(lacking);
      return better && upArguments(better).join(' ');
    };
    expect(up(['kernel/netem'])).toBe('--vm');
    expect(up(['vm'])).toBe('--vm');
    expect(up(['nodes>=3'])).toBe('--nodes 3');
    expect(up(['cgroup2/memory', 'internet', 'nodes>=2'])).toBe('--vm --internet --nodes 2');
    expect(up(['kvm'])).toBeNull();
  });

  it('is told from what is no requirement, and includes what the kind of machine implies', () => {
    const good = ['kvm', 'nodes>=2', 'cgroup2/io', 'tool/nc.openbsd'];
    const bad = ['cap/', 'nodes>=0', 'kernel', 'tool/a b'];
    const frontmatter = { lab_env: 'vm', lab_requires: [...good, ...bad] };
    expect(readRequirements(frontmatter)).toEqual(['vm', ...good]);
    expect(badRequirements(frontmatter)).toEqual(bad);
    expect(nodesOf(readRequirements(frontmatter))).toBe(2);
    expect(nodesOf(readRequirements({ lab_env: 'sandbox' }))).toBe(1);
  });

  it('is looked for by itself, also in a shell that ends at the first failure', () => {
    const required = ['tool/bash', 'tool/no-such-tool', 'kernel/no_such_module', 'nodes>=2'];
    const { stdout, status } = spawnSync('bash', ['-euo', 'pipefail', '-s'], {
      input: `${probeFor(required)}echo end\n`,
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    // A folder may be in the PATH under two names.
    expect([...namesIn(stdout)]).toEqual(['tool/bash', 'end']);
    expect(unmet(required, { names: namesIn(stdout), nodes: 2 })).toEqual([
      'tool/no-such-tool',
      'kernel/no_such_module',
    ]);
  });

  it('is unknown when the probe did not run', () => {
    expect(readCapabilities('bash: not found', 1)).toBeNull();
  });
});
