#!/usr/bin/env bash
# Runs at every boot of the virtual machine, before its way in opens: takes over what this start brought (keys, name,
# networks: a tar archive on the second disk) and puts the machine's uplink where no lab can break it.
set -euo pipefail

# The cards need no udev: waiting for it to look at every device would cost seconds of an emulated boot.
modprobe virtio_net
tar -x -C / -f /dev/vdb
# The archive says who this machine is; `address` is that on the segment with the other nodes, where there are any.
name=lab internet=no address=
# shellcheck source=/dev/null
source /etc/labpath/machine

hostname "$name"
echo "$name" >/etc/hostname

mkdir -p /run/labpath
: >/run/labpath/uplink
unshare --net=/run/labpath/uplink true
inside() { nsenter --net=/run/labpath/uplink "$@"; }

# The first network card is the uplink, the second the segment.
links=(/sys/class/net/e*)
uplink=${links[0]##*/}
segment=${links[1]:+${links[1]##*/}}
ip link set "$uplink" netns /run/labpath/uplink name uplink
inside ip link set lo up
inside ip address add 10.0.2.15/24 dev uplink
inside ip link set uplink up
inside ip route add default via 10.0.2.2
ip link set lo up

if [[ -n $segment && -n $address ]]; then
  ip link set "$segment" down
  ip link set "$segment" name eth0
  ip address add "$address" dev eth0
  ip link set eth0 up
fi

if [[ $internet == yes ]]; then
  ip link add internet type veth peer name machine netns /run/labpath/uplink
  ip address add 10.0.3.2/30 dev internet
  ip link set internet up
  inside ip address add 10.0.3.1/30 dev machine
  inside ip link set machine up
  inside sysctl -qw net.ipv4.ip_forward=1
  inside iptables -t nat -A POSTROUTING -s 10.0.3.2 -o uplink -j MASQUERADE
  ip route add default via 10.0.3.1
  echo 'nameserver 10.0.2.3' >/etc/resolv.conf
else
  echo '# This machine has no network but the ones you build.' >/etc/resolv.conf
fi
