import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { namesIn, probeFor, readCapabilities } from '../../src/labs/capabilities';
import {
  badRequirements,
  machineFor,
  nodesOf,
  readRequirements,
  requirementInWords,
  requirementsInWords,
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
  it('is told in one enumeration, the programs together', () => {
    expect(requirementsInWords(['cap/net_admin', 'tool/ip', 'tool/nft', 'tool/ping'])).toBe(
      'the programs ip, nft and ping, the right CAP_NET_ADMIN',
    );
    expect(requirementsInWords(['tool/ip'])).toBe('the program ip');
  });

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
    const said = ['cap/net_admin', 'kernel/netem', 'tool/jq', 'nodes>=3', 'cluster', 'x'];
    expect(said.map(requirementInWords)).toEqual([
      'the right CAP_NET_ADMIN',
      'netem in the kernel',
      'the program jq',
      '3 machines on one network',
      'a Kubernetes cluster that its kubectl reaches',
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
    expect(up(['cluster', 'tool/kubectl'])).toBeNull();
  });

  it('is told from what is no requirement, and includes what the kind of machine implies', () => {
    const good = ['kvm', 'nodes>=2', 'cgroup2/io', 'tool/nc.openbsd'];
    const bad = ['cap/', 'nodes>=0', 'kernel', 'tool/a b'];
    const frontmatter = { lab_env: 'vm', lab_requires: [...good, ...bad] };
    expect(readRequirements(frontmatter)).toEqual(['vm', ...good]);
    const twice = { lab_env: 'cluster', lab_requires: ['tool/kubectl', 'cluster'] };
    expect(readRequirements(twice)).toEqual(['cluster', 'tool/kubectl']);
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

  // The cluster itself is what no test machine has: a kubectl that says what one says stands for it.
  it.each([
    ['answers', 'echo node/one', ['cluster']],
    ['has nobody who answers', 'echo "The connection was refused" >&2; exit 1', []],
    ['knows us and has no nodes', 'exit 0', []],
  ])('has a cluster when the one that kubectl asks %s: %s', (_, kubectl, expected) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'labpath-kubectl-'));
    try {
      const said = '[ "$1 $2" = "get nodes" ] || exit 3';
      writeFileSync(path.join(folder, 'kubectl'), `#!/bin/sh\n${said}\n${kubectl}\n`, { mode: 0o755 });
      const { stdout, status } = spawnSync('bash', ['-euo', 'pipefail', '-s'], {
        input: probeFor(['cluster']),
        encoding: 'utf8',
        env: { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}` },
      });
      expect(status).toBe(0);
      expect([...namesIn(stdout)]).toEqual(expected);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is unknown when the probe did not run', () => {
    expect(readCapabilities('bash: not found', 1)).toBeNull();
  });
});
