# need REQUIREMENT: prints it when this machine does not meet it. Only bash and coreutils are needed.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
need() { meets "$1" >/dev/null 2>&1 </dev/null || echo "$1"; }

meets() {
  case $1 in
    tool/*) type -P "${1#*/}" ;;
    kernel/*) has_kernel "${1#*/}" ;;
    cap/*) has_capability "${1#*/}" ;;
    cgroup2/*) grep -qw "${1#*/}" /sys/fs/cgroup/cgroup.controllers ;;
    kvm) [[ -w /dev/kvm ]] ;;
    internet) timeout 3 bash -c ': >/dev/tcp/deb.debian.org/80' ;;
    'nodes>='*) ((${1#*>=} <= 1)) ;;
    *) return 1 ;;
  esac
}

# Loaded, built in, a link type that can be made (which loads it), or a module that the real root could load.
has_kernel() {
  if [[ -e /sys/module/$1 || -e /proc/sys/net/bridge && $1 == br_netfilter ]]; then return 0; fi
  if grep -q "/$1\.ko" "/lib/modules/$(uname -r)/modules.builtin"; then return 0; fi
  if unshare --net ip link add labpathprobe type "$1"; then return 0; fi
  [[ $EUID == 0 && $(tr -s ' ' </proc/self/uid_map) == ' 0 0 4294967295' ]] && modprobe -nq "$1"
}

# The numbers of capabilities(7), as linux/capability.h has them.
has_capability() {
  local names=(chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable
    net_bind_service net_broadcast net_admin net_raw ipc_lock ipc_owner sys_module sys_rawio sys_chroot sys_ptrace
    sys_pacct sys_admin sys_boot sys_nice sys_resource sys_time sys_tty_config mknod lease audit_write audit_control
    setfcap mac_override mac_admin syslog wake_alarm block_suspend audit_read perfmon bpf checkpoint_restore)
  local number key value
  while read -r key value; do [[ $key != CapEff: ]] || break; done </proc/self/status
  for number in "${!names[@]}"; do
    if [[ ${names[number]} == "$1" ]]; then return $((!(0x$value >> number & 1))); fi
  done
  return 1
}
