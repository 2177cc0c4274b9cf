#!/usr/bin/env bash
# Runs inside the new Debian of the virtual machine, once, while its image is built: it leaves a system that boots fast,
# starts nothing of its own but a way in, and shows a learner the same empty network that a sandbox shows.
set -euo pipefail

# Nothing that ticks, and no daemon of the labs' packages: a lab starts what it needs.
for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service \
  fstrim.timer man-db.timer logrotate.timer systemd-timesyncd.service systemd-networkd.service \
  systemd-networkd-wait-online.service systemd-resolved.service ssh.service nginx.service containerd.service \
  podman.service podman.socket podman-auto-update.timer podman-auto-update.service podman-restart.service \
  sysstat.service sysstat-collect.timer sysstat-summary.timer apparmor.service ipvsadm.service conntrackd.service \
  iperf3.service dnsmasq.service rsync.service nftables.service; do
  systemctl --quiet disable "$unit" 2>/dev/null || true
done
for unit in systemd-binfmt.service systemd-update-utmp.service getty@tty1.service serial-getty@ttyS0.service \
  systemd-journal-flush.service systemd-random-seed.service systemd-machine-id-commit.service; do
  systemctl --quiet mask "$unit" 2>/dev/null || true
done

# The way in stands in a network namespace that only systemd holds: whatever a lab does to the firewall and the links of
# the machine, the login stays. The shells start where everybody expects them, in the machine's own namespace.
cat >/etc/systemd/system/labpath-guest.service <<'UNIT'
[Unit]
Description=Labpath: keys, name and networks of this machine
DefaultDependencies=no
After=systemd-remount-fs.service
Before=ssh.socket
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/lib/labpath/guest
StandardError=journal+console
UNIT
mkdir -p /etc/systemd/system/ssh.socket.d /etc/systemd/system/ssh@.service.d
cat >/etc/systemd/system/ssh.socket <<'UNIT'
[Unit]
Description=Labpath: the way in
DefaultDependencies=no
Requires=labpath-guest.service
After=labpath-guest.service
[Socket]
ListenStream=22
Accept=yes
MaxConnections=200
NetworkNamespacePath=/run/labpath/uplink
[Install]
WantedBy=sockets.target
UNIT
cat >/etc/systemd/system/ssh@.service <<'UNIT'
[Unit]
Description=Labpath: one login
CollectMode=inactive-or-failed
[Service]
ExecStart=-/usr/sbin/sshd -i
StandardInput=socket
StandardError=journal
KillMode=process
RuntimeDirectory=sshd
RuntimeDirectoryPreserve=yes
RuntimeDirectoryMode=0755
UNIT
systemctl --quiet enable ssh.socket
systemctl --quiet set-default multi-user.target

echo 'root:*' | chpasswd --encrypted
rm -f /etc/ssh/ssh_host_* /etc/resolv.conf
: >/etc/machine-id
: >/etc/motd
echo '/dev/vda / ext4 rw,noatime 0 1' >/etc/fstab
cat >/etc/sysctl.d/60-labpath.conf <<'SYSCTL'
net.ipv4.ip_forward = 1
net.ipv4.ping_group_range = 0 2147483647
kernel.dmesg_restrict = 0
SYSCTL
printf '%s\n' br_netfilter overlay >/etc/modules-load.d/labpath.conf
rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/*-old /var/log/*.log /var/log/apt
# The kernel and its first root folder are handed to the machine from outside; these names do not change with versions.
cp /boot/vmlinuz-* /boot/labpath-kernel
cp /boot/initrd.img-* /boot/labpath-initrd
