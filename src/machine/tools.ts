import type { PackageFamily } from './distribution';

/**
 * What a lab machine should have, as the “Prerequisites” and “Tools required” of the container labs name it. The one
 * source for the doctor and for everything that installs lab machines.
 */
export interface LabTool {
  readonly id: string;
  /** As the notes write it. */
  readonly title: string;
  readonly group: ToolGroup;
  /** Whether every lab counts on it; the others serve some labs, or one way among several. */
  readonly required: boolean;
  /** Command lines that print the version; the first whose program is there is taken. */
  readonly version: readonly string[];
  /** A command line that succeeds only where the tool can really work; none when having it is enough. */
  readonly works?: string;
  /** Names of the packages that bring it, separated by spaces, by distribution family. */
  readonly packages: Readonly<Partial<Record<PackageFamily, string>>>;
  /** Where it comes from when the distribution has no package. */
  readonly source?: string;
  /** Why it cannot work without the rights of the real root over the kernel, as in a sandbox. */
  readonly needsRealRoot?: string;
}

export type ToolGroup =
  'Prerequisites' | 'Network debugging' | 'Process debugging' | 'Performance monitoring' | 'Security tools';

/** The package is called the same everywhere. */
const everywhere = (name: string): Record<PackageFamily, string> => ({
  debian: name,
  fedora: name,
  arch: name,
  alpine: name,
  suse: name,
});

export const labTools: readonly LabTool[] = [
  {
    id: 'root',
    title: 'Linux host with root privileges',
    group: 'Prerequisites',
    required: true,
    version: ['uname -sr'],
    works:
      '[[ $(uname -s) == Linux && $EUID == 0 ]] || { echo "not Linux, or not logged in as root" >&2; exit 1; }',
    packages: {},
    source: 'log in to a Linux host as root',
  },
  {
    id: 'container-runtime',
    title: 'Container runtime (Docker, containerd, Podman)',
    group: 'Prerequisites',
    required: false,
    version: ['docker --version', 'podman --version', 'nerdctl --version', 'ctr --version'],
    works:
      'if command -v docker; then docker info; elif command -v podman; then podman info; elif command -v nerdctl; then nerdctl info; else ctr version; fi',
    packages: {
      ...everywhere('podman'),
      debian: 'docker.io',
      arch: 'docker',
      alpine: 'docker',
      suse: 'docker',
    },
    needsRealRoot: 'Container runtimes need cgroups and mounts that only the real root may make.',
  },
  {
    id: 'kubernetes',
    title: 'Kubernetes cluster (minikube, kind)',
    group: 'Prerequisites',
    required: false,
    version: ['kubectl version --client'],
    works: 'kubectl version --request-timeout=3s',
    packages: {},
    source: 'https://kubernetes.io/docs/tasks/tools/',
    needsRealRoot: 'A cluster needs a container runtime and the rights of the real root.',
  },
  {
    id: 'iproute2',
    title: 'iproute2 (ip)',
    group: 'Network debugging',
    required: true,
    version: ['ip -V'],
    works: 'ip link',
    packages: { ...everywhere('iproute2'), fedora: 'iproute' },
  },
  {
    id: 'iptables',
    title: 'iptables',
    group: 'Network debugging',
    required: true,
    version: ['iptables --version'],
    works: 'iptables -S',
    packages: { ...everywhere('iptables'), fedora: 'iptables-nft' },
  },
  {
    id: 'tcpdump',
    title: 'tcpdump',
    group: 'Network debugging',
    required: true,
    version: ['tcpdump --version'],
    packages: everywhere('tcpdump'),
  },
  {
    id: 'wireshark',
    title: 'wireshark (tshark)',
    group: 'Network debugging',
    required: false,
    version: ['tshark --version', 'wireshark --version'],
    packages: {
      debian: 'tshark',
      fedora: 'wireshark-cli',
      arch: 'wireshark-cli',
      alpine: 'tshark',
      suse: 'wireshark',
    },
  },
  {
    id: 'strace',
    title: 'strace',
    group: 'Process debugging',
    required: false,
    version: ['strace -V'],
    works: 'strace -o /dev/null true',
    packages: everywhere('strace'),
  },
  {
    id: 'lsof',
    title: 'lsof',
    group: 'Process debugging',
    required: false,
    version: ['lsof -v'],
    packages: everywhere('lsof'),
  },
  {
    id: 'proc',
    title: '/proc filesystem',
    group: 'Process debugging',
    required: true,
    version: ['uname -r'],
    works:
      '[[ -r /proc/self/status && -d /proc/1/ns ]] || { echo "/proc is not mounted, or hides process 1" >&2; exit 1; }',
    packages: {},
    source: 'mount -t proc proc /proc',
  },
  {
    id: 'perf',
    title: 'perf',
    group: 'Performance monitoring',
    required: false,
    version: ['perf --version'],
    works: 'perf stat -e task-clock true',
    packages: { ...everywhere('perf'), debian: 'linux-perf' },
  },
  {
    id: 'bpftrace',
    title: 'bpftrace',
    group: 'Performance monitoring',
    required: false,
    version: ['bpftrace --version'],
    works: 'bpftrace -e "BEGIN { exit(); }"',
    packages: everywhere('bpftrace'),
    needsRealRoot: 'It loads programs into the kernel, which only the real root may do.',
  },
  {
    id: 'sysstat',
    title: 'sysstat (sar, iostat, mpstat)',
    group: 'Performance monitoring',
    required: false,
    version: ['mpstat -V', 'sar -V'],
    packages: everywhere('sysstat'),
  },
  {
    id: 'falco',
    title: 'falco',
    group: 'Security tools',
    required: false,
    version: ['falco --version'],
    packages: {},
    source: 'https://falco.org/docs/setup/packages/',
    needsRealRoot: 'It watches the whole kernel, which only the real root may do.',
  },
  {
    id: 'trivy',
    title: 'trivy',
    group: 'Security tools',
    required: false,
    version: ['trivy --version'],
    packages: { arch: 'trivy', alpine: 'trivy' },
    source: 'https://trivy.dev/latest/getting-started/installation/',
  },
  {
    id: 'grype',
    title: 'grype',
    group: 'Security tools',
    required: false,
    version: ['grype --version'],
    packages: {},
    source: 'https://github.com/anchore/grype#installation',
  },
];
