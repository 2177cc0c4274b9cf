import { everywhere, type LabTool } from './tool';

const group = 'Also used by the labs';

/** A tool that some labs call. `version` prints its version. */
function used(id: string, title: string, version: string, packages: LabTool['packages']): LabTool {
  return { id, title, group, required: false, version: [version], packages };
}

/** What the labs call beyond the list of the notes. */
export const usedTools: readonly LabTool[] = [
  used('shell', 'bash and coreutils', 'bash --version', everywhere('bash coreutils')),
  used('sshd', 'OpenSSH server', 'sshd -V', { ...everywhere('openssh-server'), arch: 'openssh' }),
  used('namespaces', 'unshare, nsenter, lsns', 'unshare --version', {
    ...everywhere('util-linux'),
    alpine: 'util-linux-misc lsblk',
  }),
  used('procps', 'ps, sysctl', 'ps --version', {
    ...everywhere('procps-ng'),
    debian: 'procps',
    suse: 'procps',
  }),
  used('psmisc', 'pstree, fuser', 'pstree --version', everywhere('psmisc')),
  used('tc', 'tc', 'tc -V', { ...everywhere('iproute2'), fedora: 'iproute-tc', alpine: 'iproute2-tc' }),
  used('nftables', 'nftables (nft)', 'nft --version', everywhere('nftables')),
  used('conntrack', 'conntrack', 'conntrack --version', {
    ...everywhere('conntrack-tools'),
    debian: 'conntrack',
  }),
  used('ipset', 'ipset', 'ipset --version', everywhere('ipset')),
  used('ipvsadm', 'ipvsadm', 'ipvsadm --version', everywhere('ipvsadm')),
  used('ethtool', 'ethtool', 'ethtool --version', everywhere('ethtool')),
  used('ping', 'ping, tracepath', 'ping -V', {
    ...everywhere('iputils'),
    debian: 'iputils-ping iputils-tracepath',
  }),
  used('arping', 'arping', 'arping --help', {
    ...everywhere('iputils'),
    debian: 'arping',
    alpine: 'iputils-arping',
  }),
  used('traceroute', 'traceroute, mtr', 'traceroute --version', {
    ...everywhere('traceroute mtr'),
    debian: 'traceroute mtr-tiny',
  }),
  used('curl', 'curl', 'curl --version', { ...everywhere('curl'), debian: 'curl ca-certificates' }),
  used('jq', 'jq', 'jq --version', everywhere('jq')),
  used('socat', 'socat', 'socat -V', everywhere('socat')),
  used('nc', 'nc', 'nc -h', { ...everywhere('netcat-openbsd'), fedora: 'nmap-ncat', arch: 'openbsd-netcat' }),
  used('nmap', 'nmap', 'nmap --version', everywhere('nmap')),
  used('dnsmasq', 'dnsmasq', 'dnsmasq --version', { ...everywhere('dnsmasq'), debian: 'dnsmasq-base' }),
  used('dig', 'dig', 'dig -v', {
    debian: 'bind9-dnsutils',
    fedora: 'bind-utils',
    arch: 'bind',
    alpine: 'bind-tools',
    suse: 'bind-utils',
  }),
  used('python3', 'python3', 'python3 --version', { ...everywhere('python3'), arch: 'python' }),
  used('iperf3', 'iperf3', 'iperf3 --version', { ...everywhere('iperf3'), suse: 'iperf' }),
  used('wireguard', 'WireGuard (wg)', 'wg --version', everywhere('wireguard-tools')),
  used('fio', 'fio', 'fio --version', everywhere('fio')),
  used('stress-ng', 'stress-ng', 'stress-ng --version', everywhere('stress-ng')),
  used('bpftool', 'bpftool', 'bpftool version', { ...everywhere('bpftool'), arch: 'bpf' }),
  used('runc', 'runc', 'runc --version', everywhere('runc')),
  used('containerd', 'containerd', 'containerd --version', everywhere('containerd')),
  used('images', 'skopeo', 'skopeo --version', {
    ...everywhere('skopeo umoci'),
    fedora: 'skopeo',
    alpine: 'skopeo',
  }),
  {
    id: 'cni',
    title: 'CNI plugins',
    group,
    required: false,
    version: ['/usr/lib/cni/bridge', '/usr/libexec/cni/bridge', '/opt/cni/bin/bridge'],
    works: 'ls /usr/lib/cni/bridge || ls /usr/libexec/cni/bridge || ls /opt/cni/bin/bridge',
    packages: {
      ...everywhere('cni-plugins'),
      debian: 'containernetworking-plugins',
      fedora: 'containernetworking-plugins',
    },
  },
  used('busybox', 'busybox', 'busybox --help', {
    ...everywhere('busybox-static'),
    fedora: 'busybox',
    arch: 'busybox',
  }),
  used('capabilities', 'capsh, getpcaps', 'capsh --print', {
    debian: 'libcap2-bin libcap-ng-utils',
    fedora: 'libcap libcap-ng-utils',
    arch: 'libcap libcap-ng',
    alpine: 'libcap libcap-ng-utils',
    suse: 'libcap-progs libcap-ng-utils',
  }),
  used('seccomp', 'scmp_sys_resolver', 'scmp_sys_resolver -h', {
    ...everywhere('libseccomp'),
    debian: 'seccomp',
    suse: 'libseccomp-tools',
  }),
  used('editor', 'less, vim', 'less --version', {
    debian: 'less vim-tiny',
    fedora: 'less vim-minimal',
    arch: 'less vim',
    alpine: 'less vim',
    suse: 'less vim-small',
  }),
];
