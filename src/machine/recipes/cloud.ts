import { labPackages } from '../tools';
import { prepare } from './prepare';
import type { RecipeOptions } from './options';

/** The keys a text holds, one a line. */
export function keyLines(keys: string): readonly string[] {
  const lines = keys.split('\n').map((line) => line.trim());
  const found = lines.filter((line) => line !== '' && !line.startsWith('#'));
  return found.length > 0 ? found : ['ssh-ed25519 AAAA-put-your-public-key-here'];
}

const list = (items: readonly string[], indent: string) =>
  items.map((item) => `${indent}- ${item}\n`).join('');

/** User-data in cloud-init's cloud-config format (module reference: “Package update upgrade install”, “Users and groups”). */
export function cloudInit({ keys }: Pick<RecipeOptions, 'keys'>): string {
  return `#cloud-config
# A lab machine for Labpath: Debian or Ubuntu with all that its labs call. Throw it away when you are done.
hostname: lab
disable_root: false
users:
  - name: root
    ssh_authorized_keys:
${list(
  keyLines(keys).map((key) => JSON.stringify(key)),
  '      ',
)}package_update: true
packages:
${list(labPackages('debian'), '  ')}runcmd:
  - [modprobe, br_netfilter]
  - [sysctl, -w, net.ipv4.ip_forward=1]
`;
}

/** A Lima template (lima-vm.io, templates/default.yaml). Lima makes its own user and key; root comes by sudo. */
export function lima(): string {
  const script = prepare()
    .split('\n')
    .map((line) => (line === '' ? '' : `      ${line}`))
    .join('\n');
  return `# A lab machine for Labpath in Lima. Not tested by Labpath's own tests, which run on Linux.
#   limactl start --name lab ./lab.yaml
#   labpath lab adopt lima-lab        (after: echo 'Include ~/.lima/*/ssh.config' >> ~/.ssh/config)
images:
  - location: https://cloud.debian.org/images/cloud/bookworm/latest/debian-12-genericcloud-amd64.qcow2
    arch: x86_64
  - location: https://cloud.debian.org/images/cloud/bookworm/latest/debian-12-genericcloud-arm64.qcow2
    arch: aarch64
cpus: 2
memory: 2GiB
disk: 10GiB
mounts: []
containerd:
  system: false
  user: false
provision:
  - mode: system
    script: |
${script.trimEnd()}
`;
}

export function multipass(): string {
  return `# A lab machine for Labpath in Multipass (macOS, Windows, Linux). Not tested by Labpath's own tests.
labpath lab recipe cloud-init --key ~/.ssh/id_ed25519.pub > lab.yaml
multipass launch --name lab --cpus 2 --memory 2G --disk 10G --cloud-init lab.yaml
multipass info lab
labpath lab adopt root@<the IPv4 address that info names>
`;
}

export function incus(): string {
  return `# A lab machine for Labpath as an Incus virtual machine. Not tested by Labpath's own tests.
labpath lab recipe cloud-init --key ~/.ssh/id_ed25519.pub > lab.yaml
incus launch images:debian/12/cloud lab --vm -c limits.cpu=2 -c limits.memory=2GiB --config=user.user-data="$(cat lab.yaml)"
incus list lab
labpath lab adopt root@<the IPv4 address that list names>
`;
}
