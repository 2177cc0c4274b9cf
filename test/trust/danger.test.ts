import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDangers } from '../../src/trust/danger';

const dangers = (source: string): string[] => findDangers(source).map(({ what }) => what);

const DANGEROUS = [
  ...[
    'rm -rf /',
    'sudo rm -fr /*',
    'rm -r -f --no-preserve-root /',
    'rm -rf //',
    'rm -rf /usr',
    'rm -rf ~',
    'rm -rf "$HOME"',
  ],
  ...[
    'find / -name x -delete',
    'find /etc -exec rm {} +',
    'chmod -R 777 /',
    'chown -R me /etc',
    'mv /etc /tmp',
  ],
  ...[
    'mkfs.ext4 /dev/sda1',
    'sudo mkfs -t xfs "$DISK"',
    'dd if=/dev/zero of=/dev/nvme0n1 bs=1M',
    'wipefs -a /dev/vda',
  ],
  ...[
    'echo x > /dev/sda',
    'cat image | sudo tee /dev/sdb',
    'sgdisk -Z /dev/sdc',
    'lvremove -f vg/root',
    'shred /dev/sda',
  ],
  ...['iptables -F', 'sudo iptables -t nat --flush', 'iptables -P INPUT DROP', 'ip6tables -P OUTPUT REJECT'],
  ...[
    'iptables -A INPUT -p tcp --dport 22 -j DROP',
    'iptables -I INPUT -j DROP',
    'nft flush ruleset',
    'nft -f rules',
  ],
  ...['ufw enable', 'iptables-restore < saved', 'ip link set eth0 down', 'ip link set dev ens3 master br0'],
  ...[
    'ip link del enp1s0',
    'ip addr flush dev eth0',
    'ifdown eth0',
    'ifconfig wlan0 down',
    'ip route del default',
  ],
  ...[
    'nmcli networking off',
    'ip link set "$UPLINK" down',
    'systemctl stop sshd',
    'service ssh stop',
    'netplan apply',
  ],
  ...[
    'pkill sshd',
    'rm ~/.ssh/authorized_keys',
    '> ~/.ssh/authorized_keys',
    'passwd -l root',
    'userdel -r me',
  ],
  ...[
    'reboot',
    'shutdown -h now',
    'systemctl poweroff',
    'init 0',
    'kill -9 -1',
    'echo b > /proc/sysrq-trigger',
  ],
  ...[':(){ :|:& };:', 'echo x > /etc/passwd'],
  ...[
    'ip l s eth0 down',
    'ip link d eth0',
    'ip r replace default via 10.0.0.9',
    'ip rule flush',
    'tc qdisc add dev eth0 root netem loss 100%',
    'brctl addif br0 eth0',
    'networkctl down eth0',
    'dhclient -r',
    'firewall-cmd --panic-on',
  ],
  ...[
    "nft add chain inet filter input '{ type filter hook input priority 0; policy drop; }'",
    'nft add rule inet filter input tcp dport 22 drop',
    'iptables -A INPUT -p tcp --dport ssh -j DROP',
    'ufw deny ssh',
  ],
  ...[
    'dd if=x of="$DISK"',
    'cat x > ${disk}',
    'pvcreate /dev/sdb',
    'mdadm --zero-superblock /dev/sdb1',
    'zfs destroy tank/home',
    'truncate -s 0 /dev/sda',
  ],
  ...[
    'tee /etc/sudoers.d/x',
    'cp evil /etc/shadow',
    'sed -i s/x/y/ /etc/ssh/sshd_config',
    'rm /etc/ssh/ssh_host_ed25519_key',
    'install -m 644 x /etc/ld.so.preload',
    'echo key >> ~/.ssh/authorized_keys',
  ],
  ...['usermod -s /usr/sbin/nologin me', 'chage -E 0 me', 'apt-get purge -y openssh-server', 'killall5 -9'],
];

const HARMLESS = [
  ...[
    'rm -rf /tmp/x',
    'rm -rf ./build',
    'rm file',
    'rm -rf "$LAB_DIR"',
    'rm -rf /var/lib/lab',
    'ls / ; rm -f x',
  ],
  ...[
    'mkfs.ext4 disk.img',
    'mkfs.ext4 /dev/loop0',
    'dd if=/dev/zero of=file bs=1M count=1',
    'dd if=/dev/sda of=copy',
  ],
  ...[
    'echo x > /dev/null',
    'fdisk -l /dev/sda',
    'blkid /dev/sda',
    'iptables -L -n',
    'iptables -t nat -A POSTROUTING -j MASQUERADE',
  ],
  ...[
    'iptables -A INPUT -s 10.0.0.1 -j DROP',
    'iptables -A FORWARD -j DROP',
    'nft list ruleset',
    'ip link show eth0',
  ],
  ...['ip link set veth0 down', 'ip link del br0', 'ip link set lo up', 'ip addr add 10.0.0.1/24 dev eth0'],
  ...[
    'ip netns exec red iptables -F',
    'ip -n red link set eth0 down',
    'sudo ip netns exec red ip route del default',
  ],
  ...[
    'nsenter -t 4711 -n ip link set eth0 down',
    'unshare -rn iptables -F',
    'docker exec web rm -rf /',
    'ssh other reboot',
    'systemctl status sshd',
  ],
  ...[
    'echo "rm -rf /"',
    '# rm -rf /',
    "grep 'mkfs /dev/sda' log",
    'echo reboot',
    'cat <<EOF\nrm -rf /\nEOF',
    'printf %s reboot',
  ],
  ...[
    'kill -1 4711',
    'sudo apt-get install openssh-server',
    'cp /etc/passwd copy',
    'sed -n p /etc/passwd',
    'ip route flush cache',
    'tc qdisc add dev veth0 root netem loss 1%',
    'cd /tmp/lab && rm -rf *',
    'ip -n red rule flush',
    'cat <<< "rm -rf /"',
    'for link in br0 veth0; do ip link del dev "$link"; done',
    'dir=/tmp/x; rm -rf "$dir"',
    'ip route flush table 900',
    'mdadm --detail /dev/md0',
  ],
  ...['route -n', 'ip route del 10.0.0.0/8', 'kill -9 1234', 'chmod 600 ~/.ssh/id', 'ip route show default'],
];

describe('A dangerous line', () => {
  it.each(DANGEROUS)('is found: %s', (source) => {
    expect(dangers(source)).not.toEqual([]);
  });

  it.each(HARMLESS)('is not seen where there is none: %s', (source) => {
    expect(dangers(source)).toEqual([]);
  });

  it.each([
    ['behind sudo and its options', 'sudo -u root -- rm -rf /'],
    ['behind variables and env', 'A=b env X=y rm -rf /'],
    ['behind timeout, nice and nohup', 'nohup nice -n 5 timeout 10 rm -rf /'],
    ['by its full path', '/usr/sbin/mkfs.ext4 /dev/sda'],
    ['in a list', 'cd /tmp && true; rm -rf /'],
    ['in a pipe', 'yes | mkfs.ext4 /dev/sda'],
    ['in a condition', 'if true; then rm -rf /; fi'],
    ['in a loop', 'for x in 1 2; do\n  rm -rf /\ndone'],
    ['in a function', 'f() { rm -rf /; }\nf'],
    ['in a substitution', 'echo "$(rm -rf /)" `reboot`'],
    ['in a substitution of a process', 'diff <(reboot) x'],
    ['with quotes inside its words', 'r"m" -r\\f \'/\''],
    ['with letters as escapes', "$'\\x72\\x6d' -rf /"],
    ['over several lines', 'rm \\\n  -rf \\\n  /'],
    ['handed to bash -c', "sudo bash -ec 'rm -rf /'"],
    ['handed to eval', 'eval "rm -rf /"'],
    ['handed to a shell as a here-document', 'bash <<EOF\nrm -rf /\nEOF'],
    ['behind a variable that names the program', 'X=reboot\nsudo $X'],
    ['behind a variable that names what it destroys', 'local TARGET=/ other=x\nrm -rf "$TARGET"'],
    ['behind one that names only a part of it', 'd=sda; dd if=x of=/dev/${d}1'],
    ['behind one of several values', 'for link in veth0 eth0; do ip link del "$link"; done'],
    ['behind a variable that only the run will tell', 'link=$(uplink)\nip link del "$link"'],
    ['behind a variable that is read', 'link=veth0\nread -r link\nip link del "$link"'],
    ['handed to a shell as a here-string', "bash <<< 'rm -rf /'"],
    ['handed to su', "su root -c 'rm -rf /'"],
    ['kept for the end of the shell', "trap 'rm -rf /' EXIT"],
    ['from the folder it destroys', 'cd /\nrm -rf *'],
    ['from the folder it destroys, on one line', 'cd / && rm -rf ./*'],
    ['back in the host’s network', 'ip netns exec red nsenter -t 1 -n iptables -F'],
    ['in a namespace that is not one of the network', 'unshare -m iptables -F'],
    ['handed on by xargs', 'echo / | xargs -n 1 rm -rf /'],
    ['in a namespace, where files are the same', 'ip netns exec red rm -rf /'],
    ['behind a comment sign that begins none', 'echo a#b; reboot'],
  ])('is found %s', (_where, source) => {
    expect(dangers(source)).not.toEqual([]);
  });

  it('is named by its number and its words', () => {
    expect(findDangers('ls\n\n  sudo iptables -F\necho')).toEqual([
      { line: 3, text: 'sudo iptables -F', what: 'flushes the firewall' },
    ]);
    expect(findDangers('cat <<EOF\n1\n2\nEOF\nreboot').map(({ line }) => line)).toEqual([5]);
  });

  it('of the network is none in a cell that runs in a namespace', () => {
    expect(findDangers('iptables -F\nip link set eth0 down', true)).toEqual([]);
    expect(findDangers('rm -rf /', true)).toHaveLength(1);
  });

  it('is looked for in any text without failing or getting lost', () => {
    const piece = fc.constantFrom(
      'rm',
      ' -rf',
      ' /',
      '"',
      "'",
      '$(',
      ')',
      '`',
      '\\',
      '\n',
      '<<E',
      '>',
      ';',
      '${',
      '}',
      '#',
      'E',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const source = pieces.join('');
        const last = source.split('\n').length;
        for (const { line } of findDangers(source))
          expect(line).toSatisfy((n: number) => n >= 1 && n <= last);
      }),
    );
    expect(findDangers('$('.repeat(20_000))).toEqual([]);
  });
});
