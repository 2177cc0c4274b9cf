#!/usr/bin/env bash
# Says what labs can count on here, one name a line, as `lab_requires` writes them: cap/*, kernel/*, cgroup2/*, tool/*,
# vm, kvm, cluster, internet; with kinds in $labpath_kinds only those. Only bash and coreutils are needed; a feature that
# cannot be tried is one that is not there. To try one may load its module, so a root who could is asked less: `may_load`.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
wants() { [[ -z ${labpath_kinds:-} || " $labpath_kinds " == *" $1 "* ]]; }
try() { timeout 20 "$@" </dev/null >/dev/null 2>&1; }

printf 'boot %s\n' "$(cat /proc/sys/kernel/random/boot_id 2>/dev/null)"
printf 'kernel %s\n' "$(uname -sr)"
real_root=no
# Where all ids are, the kernel is shared with no other machine.
if [[ $(tr -s ' ' </proc/self/uid_map) == ' 0 0 4294967295' ]]; then
  echo vm
  if [[ $EUID == 0 ]]; then real_root=yes; fi
fi

# capabilities(7), by number. Those in the second list count only in the first user namespace.
capabilities=(chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable
  net_bind_service net_broadcast net_admin net_raw ipc_lock ipc_owner sys_module sys_rawio sys_chroot sys_ptrace
  sys_pacct sys_admin sys_boot sys_nice sys_resource sys_time sys_tty_config mknod lease audit_write audit_control
  setfcap mac_override mac_admin syslog wake_alarm block_suspend audit_read perfmon bpf checkpoint_restore)
of_real_root=' linux_immutable ipc_lock sys_module sys_rawio sys_pacct sys_boot sys_nice sys_resource sys_time
  sys_tty_config mknod audit_control mac_override mac_admin syslog wake_alarm block_suspend audit_read perfmon bpf '
effective=$((16#$(sed -n 's/^CapEff:\s*//p' /proc/self/status)))
for number in "${!capabilities[@]}"; do
  if ! wants cap; then break; fi
  name=${capabilities[number]}
  if ((effective >> number & 1)) && [[ $real_root == yes || $of_real_root != *[[:space:]]"$name"[[:space:]]* ]]; then
    echo "cap/$name"
  fi
done

# Who may load every module is told by the kernel's lists what would load: to try it would leave modules and their devices
# (gre0, tunl0) behind. All others have to try, because no list tells what they may really use.
lists=("/lib/modules/$(uname -r)"/modules.{order,builtin})
may_load=no
if [[ $real_root == yes && -r ${lists[0]} && $(cat /proc/sys/kernel/modules_disabled 2>/dev/null) == 0 ]] &&
  ((effective >> 16 & 1)); then may_load=yes; fi

listed_features() {
  local names pair control
  names=$(cat /proc/modules "${lists[@]}" 2>/dev/null | sed 's# .*##; s#.*/##; s#\.ko.*##; s#-#_#g; s#^#kernel/#')
  printf '%s\n' "$names"
  # Kinds of links and queues that are called otherwise than their modules.
  for pair in bonding:bond 8021q:vlan ip_gre:gre sch_ingress:sch_clsact; do
    if grep -qx "kernel/${pair%:*}" <<<"$names"; then echo "kernel/${pair#*:}"; fi
  done
  for control in $(</proc/sys/net/ipv4/tcp_available_congestion_control); do echo "kernel/tcp_$control"; done
}

# Runs in a network namespace of its own, which ends with this script.
network_features() {
  feature() {
    local name=$1
    shift
    if try "$@"; then echo "kernel/$name"; fi
  }
  ip link set lo up
  link() {
    feature "$1" ip link add lpprobe type "$@"
    ip link del lpprobe 2>/dev/null
  }
  upon() {
    feature "$1" ip link add link labpath0 name lpprobe type "$@"
    ip link del lpprobe 2>/dev/null
  }
  qdisc() {
    feature "sch_$1" tc qdisc add dev labpath0 root "$@"
    tc qdisc del dev labpath0 root 2>/dev/null
  }
  match() {
    local name=$1
    shift
    feature "xt_$name" iptables -A FORWARD "$@"
  }
  feature veth ip link add labpath0 type veth peer name labpath1
  ip link set labpath0 up 2>/dev/null
  for kind in bridge dummy ifb bond wireguard; do link "$kind"; done
  link vrf table 5
  link vxlan id 5 dstport 4789
  link geneve id 5 remote 10.0.0.2
  link ipip remote 10.0.0.2 local 10.0.0.1
  link gre remote 10.0.0.2 local 10.0.0.1
  upon vlan id 5
  upon macvlan
  upon ipvlan
  for name in fq fq_codel htb sfq prio cake; do qdisc "$name"; done
  qdisc netem delay 1ms
  qdisc tbf rate 1mbit burst 10k latency 50ms
  feature sch_ingress tc qdisc add dev labpath0 ingress
  tc qdisc del dev labpath0 ingress 2>/dev/null
  feature sch_clsact tc qdisc add dev labpath0 clsact
  feature nf_nat iptables -t nat -S
  feature iptable_nat iptables -t nat -S
  feature nf_conntrack iptables -A OUTPUT -m conntrack --ctstate NEW
  feature nf_tables nft add table ip labpath
  match comment -m comment --comment x
  match statistic -m statistic --mode nth --every 2 --packet 0
  match mark -m mark --mark 1
  match physdev -m physdev --physdev-is-bridged
  match limit -m limit --limit 5/s
  match recent -m recent --set
  match multiport -p tcp -m multiport --dports 1,2
  match bpf -m bpf --bytecode '1,6 0 0 0'
  for control in bbr cubic reno dctcp; do
    feature "tcp_$control" sysctl -qw "net.ipv4.tcp_congestion_control=$control"
  done
  feature ip_vs ipvsadm -Ln
  if [[ -e /proc/sys/net/bridge/bridge-nf-call-iptables ]]; then echo kernel/br_netfilter; fi
}

other_features() {
  for type in overlay fuse tmpfs; do
    if grep -qw "$type" /proc/filesystems; then
      echo "kernel/$type"
    fi
  done
  if [[ -e /sys/kernel/btf/vmlinux ]]; then echo kernel/btf; fi
  if [[ -r /proc/pressure/cpu ]]; then echo kernel/psi; fi
  if [[ -e /proc/sys/user/max_user_namespaces ]] && try unshare --user true; then echo kernel/userns; fi
  if grep -q '^Seccomp:' /proc/self/status; then echo kernel/seccomp; fi
  if [[ -w /sys/kernel/tracing/events/syscalls/sys_enter_execve/enable ]]; then echo kernel/tracefs; fi
  if [[ -w /sys/kernel/tracing/kprobe_events ]]; then echo kernel/kprobes; fi
  if [[ $real_root == yes && -d /sys/fs/bpf ]]; then echo kernel/bpf; fi
  if [[ $(cat /sys/module/apparmor/parameters/enabled 2>/dev/null) == Y ]]; then echo kernel/apparmor; fi
}

if wants kernel; then
  if [[ $may_load == yes ]]; then
    listed_features
  else
    export -f network_features try
    unshare --net bash -c network_features 2>/dev/null
    # What is in counts, too, where it is all this root's own.
    if [[ $real_root == yes ]]; then sed 's# .*##; s#^#kernel/#' /proc/modules; fi
  fi
  other_features
fi

if wants cgroup2; then
  for mount in /sys/fs/cgroup /sys/fs/cgroup/unified; do
    if [[ -r $mount/cgroup.controllers ]] && mkdir "$mount/labpath-probe" 2>/dev/null; then
      rmdir "$mount/labpath-probe"
      echo cgroup2
      for controller in $(<"$mount/cgroup.controllers"); do
        if [[ -w $mount/cgroup.subtree_control ]]; then echo "cgroup2/$controller"; fi
      done
      break
    fi
  done
fi

if wants tool; then
  IFS=: read -ra folders <<<"$PATH"
  for folder in "${folders[@]}"; do
    for file in "$folder"/*; do
      if [[ -f $file && -x $file ]]; then echo "tool/${file##*/}"; fi
    done
  done
fi

# Whoever may list the nodes has reached a cluster that answers, and is known there.
if wants cluster && [[ -n $(timeout 10 kubectl get nodes -o name --request-timeout=5s </dev/null 2>/dev/null) ]]; then
  echo cluster
fi

if [[ -r /dev/kvm && -w /dev/kvm ]]; then echo kvm; fi
if wants internet && [[ -n $(ip route show default 2>/dev/null) ]] && try timeout 5 bash -c '</dev/tcp/deb.debian.org/80'; then
  echo internet
fi
