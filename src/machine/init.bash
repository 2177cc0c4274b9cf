#!/usr/bin/env bash
# Process 1 of the sandbox. It starts as root of a fresh user namespace, inside fresh mount, network, process, IPC, host
# name and cgroup namespaces; it builds a root folder of its own, leaves the host's behind, and then holds the sandbox
# open for as long as its standard input is: when the server that holds the other end dies, in whatever way, `read` ends,
# and with process 1 the kernel kills everything in the sandbox.
#
#   $1    host name
#   $2    size of the root folder in KiB; /tmp gets 0.6, /run and /dev/shm get 0.2 of it each
#   $3    further lines for /etc/hosts
#   stdin lines `<file name> <base64>` for /etc/ssh, then `go`
#   stdout `pid <as the host sees it>`, then `ready` or `failed <step>`
set -euo pipefail
umask 022
hostname=$1
size=$2
hosts=$3
# Somewhere that exists on every host; hidden from nobody, because this mount namespace is ours alone.
root=/tmp

step='to start'
trap 'echo "failed $step"' EXIT

# This /proc is still the host's.
read -r host_pid _ </proc/self/stat
echo "pid $host_pid"

# Shows a folder of the host that nothing inside can write. A read-only overlay can never be made writable from inside,
# a read-only bind mount could: `mount -o remount,rw` by an ordinary user's sandbox would open that user's own files.
# Overlays without an upper layer need two lower ones, hence the empty folder.
show_read_only() {
  mkdir -p "$root$1" "$root/var/empty"
  mount -t overlay -o "ro,lowerdir=$1:$root/var/empty" overlay "$root$1" 2>/dev/null || bind_read_only "$1"
}

# For kernels before 5.11, which do not let a user namespace mount overlays.
bind_read_only() {
  local flags
  mount --rbind "$1" "$root$1"
  # A remount must repeat what the host had set (nosuid, nodev, noatime), or the kernel refuses it.
  flags=$(findmnt --noheadings --first-only --output VFS-OPTIONS --target "$root$1")
  mount -o "remount,bind,${flags/#rw/ro}" "$root$1"
}

step='to make a root folder of its own'
mount -t tmpfs -o mode=0755,size="${size}k" labpath "$root"
mkdir -p "$root"/{dev,etc,home,media,mnt,opt,proc,root,run,srv,sys,tmp,usr,var}
mkdir -p "$root"/var/{backups,cache,empty,lib/misc,local,log,mail,opt,spool,tmp}
ln -s /run "$root/var/run"
ln -s /run/lock "$root/var/lock"
# Where sshd and login keep their accounts of who came.
: >"$root/var/log/lastlog"
: >"$root/var/log/wtmp"
chmod 1777 "$root/var/tmp"
chmod 0700 "$root/root"

step='to show the programs of the host'
show_read_only /usr
for folder in /bin /sbin /lib /lib32 /lib64 /libx32; do
  if [[ -L $folder ]]; then
    cp -d "$folder" "$root$folder"
  elif [[ -d $folder ]]; then
    show_read_only "$folder"
  fi
done
# So that the package managers can at least say what is installed.
for folder in /var/lib/dpkg /var/lib/rpm /var/lib/pacman; do
  if [[ -d $folder ]]; then show_read_only "$folder"; fi
done

# A copy, not an overlay: files of the host's root belong to nobody in here, and under an overlay they stay so, which
# would leave root unable to edit /etc/hosts. What the host keeps from its users (shadow, private keys) is not readable
# here either and stays out.
step='to copy /etc'
cp -R /etc/. "$root/etc" 2>/dev/null || true
rm -rf "$root"/etc/{ssh,fstab,crypttab,machine-id,motd,hostname,hosts,resolv.conf}
rm -f "$root"/etc/{gshadow,passwd-,shadow-,group-,gshadow-,subuid,subgid}
mkdir "$root/etc/ssh"
: >"$root/etc/fstab"
echo "$hostname" >"$root/etc/hostname"
printf '127.0.0.1\tlocalhost\n127.0.1.1\t%s\n::1\tlocalhost ip6-localhost ip6-loopback\n%s' "$hostname" "$hosts" >"$root/etc/hosts"
echo '# This machine has no network but the ones you build.' >"$root/etc/resolv.conf"
cat >"$root/etc/motd" <<'MOTD'
A throw-away lab machine: you are root, nothing here touches the host, and all of it is gone after `labpath lab down`.
MOTD

# System accounts of the host, so that daemons find theirs; people stay out. `*` says that no password fits; a leading
# `!` would say locked, and sshd refuses such an account even with a key.
step='to write its accounts'
{
  echo 'root:x:0:0:root:/root:/bin/bash'
  awk -F: '($3 > 0 && $3 < 1000) || $3 == 65534' /etc/passwd
  if ! grep -q '^sshd:' /etc/passwd; then echo 'sshd:x:65533:65534::/run/sshd:/usr/sbin/nologin'; fi
} >"$root/etc/passwd"
awk -F: -v OFS=: '$3 < 1000 || $3 == 65534 { $4 = ""; print }' /etc/group >"$root/etc/group"
(umask 077 && awk -F: '{ print $1 ":*:19000:0:99999:7:::" }' "$root/etc/passwd" >"$root/etc/shadow")
if [[ -d /etc/skel ]]; then cp -R /etc/skel/. "$root/root" 2>/dev/null || true; fi

step='to mount its own /run, /tmp and /dev'
mount -t tmpfs -o mode=0755,size=$((size / 5))k,nosuid,nodev tmpfs "$root/run"
mkdir "$root"/run/{lock,netns,sshd}
: >"$root/run/utmp"
mount -t tmpfs -o mode=1777,size=$((size * 3 / 5))k,nosuid,nodev tmpfs "$root/tmp"
mount -t tmpfs -o mode=0755,size=1m,nosuid tmpfs "$root/dev"
mkdir "$root"/dev/{net,pts,shm}
mount -t tmpfs -o mode=1777,size=$((size / 5))k,nosuid,nodev tmpfs "$root/dev/shm"
# A user namespace may not make device nodes: the harmless ones of the host are lent.
for device in null zero full random urandom tty; do
  : >"$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
for device in net/tun fuse; do
  if [[ -c /dev/$device ]]; then
    : >"$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
  fi
done
ln -s /proc/self/fd "$root/dev/fd"
ln -s /proc/self/fd/0 "$root/dev/stdin"
ln -s /proc/self/fd/1 "$root/dev/stdout"
ln -s /proc/self/fd/2 "$root/dev/stderr"
ln -s pts/ptmx "$root/dev/ptmx"

# gid=5 is the group tty everywhere; without it sshd may not hand a terminal over.
step='to make terminals'
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620,gid=5,nosuid,noexec devpts "$root/dev/pts"

step='to mount a /proc of its own'
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"

# Where the kernel allows no new one (some containers), the host's own is better than nothing. Mounted twice, because `ip
# netns exec` takes one away to put the other namespace's there, which the kernel allows only while another is in sight.
step='to mount /sys'
mount -t sysfs -o nosuid,nodev,noexec sysfs "$root/sys" 2>/dev/null || mount --rbind /sys "$root/sys"
mount --bind "$root/sys" "$root/sys"
mount -t cgroup2 -o nosuid,nodev,noexec cgroup2 "$root/sys/fs/cgroup" 2>/dev/null || true

step='to set up its host name and loopback network'
# /proc/sys/kernel/hostname takes it from the host's root only. A host without hostname(1) lends its own name.
hostname "$hostname" 2>/dev/null || true
ip link set lo up
echo 1 >"$root/proc/sys/net/ipv4/ip_forward"

step='to leave the root folder of the host'
mkdir "$root/.host"
cd "$root"
pivot_root . .host
cd /
umount -l /.host
rmdir /.host
unset OLDPWD

step='to take over its keys'
while read -r name content && [[ $name != go ]]; do
  (umask 077 && base64 -d <<<"$content" >"/etc/ssh/$name")
done

trap - EXIT
# Not even root inside may end the sandbox by mistake.
trap '' HUP INT TERM
echo ready
# A fresh bash, so that process lists show a short line instead of this script. While it waits in `read` it reaps every
# process that lost its parent.
exec -a labpath-init bash --norc -c 'read -r' >/dev/null 2>&1
