#!/usr/bin/env bash
# Makes a bootable disk of a Debian that comes as a tar archive on standard input. Runs as root, or as root of a user
# namespace: file owners must be real ones for mke2fs to copy them.
#
#   $1    folder for the results: disk.img, kernel, initrd
#   $2    size of the disk, as mke2fs takes it; only what is used takes room (a sparse file)
set -euo pipefail
umask 022
root=$1/root
mkdir "$root"
trap 'rm -rf "$root"' EXIT
# Device nodes are the kernel's own affair (devtmpfs), and a user namespace could not make them.
tar -x -C "$root" --exclude='./dev/*' -f -
mv "$root/boot/labpath-kernel" "$1/kernel"
mv "$root/boot/labpath-initrd" "$1/initrd"
rm -f "$root"/boot/{vmlinuz,initrd.img}-*
mke2fs -q -t ext4 -L labpath -O '^has_journal' -E lazy_itable_init=1,root_owner=0:0 -m 0 -d "$root" "$1/disk.img" "$2"
