# labpath_snapshot: prints all that a lab may leave on a machine, one `kind<TAB>thing` a line, in the same words however
# often it is asked. Numbers that mean nothing (interface indexes, counters, random addresses) are left out.
labpath_snapshot() (
  PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
  exec 2>/dev/null </dev/null
  shopt -s nullglob
  labelled() { sed "s|^|$1	|"; }

  # network PREFIX COMMAND…: what one network namespace holds; the command enters it.
  network() {
    local where=$1
    shift
    "$@" ip -o link show | awk '{ sub(/@.*/, "", $2); sub(/:$/, "", $2); up = $3 ~ /[<,]UP[,>]/ ? "up" : "down"; master = ""
      for (i = 4; i < NF; i++) if ($i == "master" || $i == "mtu") master = master " " $i " " $(i + 1)
      print $2, up master }' | labelled "link${where}"
    "$@" ip -o addr show | awk '$3 ~ /^inet/ && $4 !~ /^fe80/ { print $2, $4 }' | labelled "address${where}"
    { "$@" ip route show table all; "$@" ip -6 route show table all; } |
      grep -Ev '^(local|broadcast|multicast|anycast|fe80|ff00)' | sed 's/ linkdown//; s/ *$//' | labelled "route${where}"
    { "$@" ip rule show; "$@" ip -6 rule show; } | labelled "rule${where}"
    { "$@" iptables-save; "$@" ip6tables-save; } |
      sed -E '/^#/d; /^\*/d; /^COMMIT/d; s/ ?\[[0-9]+:[0-9]+\]//; /^:(INPUT|OUTPUT|FORWARD|PREROUTING|POSTROUTING) ACCEPT/d' |
      labelled "rule${where}"
    "$@" nft -s list ruleset | awk '/^table (ip|ip6|bridge|arp) (filter|nat|mangle|raw|security) / { skip = 1 } !skip && NF; /^}/ { skip = 0 }' |
      labelled "rule${where}"
    "$@" ipset save | labelled "rule${where}"
    "$@" tc qdisc show | grep -v noqueue | sed -E 's/qdisc (\S+) \S+ /\1 /' | labelled "queue${where}"
  }

  network ''
  for name in /run/netns/*; do
    printf 'namespace\t%s\n' "${name##*/}"
    network " in ${name##*/}" ip netns exec "${name##*/}"
  done

  awk '$5 !~ "^/run/netns|^/run/user|^/proc/sys/fs|^/sys/kernel/debug/tracing" { print $5 }' /proc/self/mountinfo | labelled mount

  # Not our own shell and its children, the SSH servers, the live shells they opened, and looks of Labpath's at them, which
  # have no terminal; not what the system started.
  ps -eo pid=,ppid=,stat=,tty=,comm= | awk -v self=$$ '
    { parent[$1] = $2; state[$1] = $3; tty[$1] = $4; name[$1] = $5 }
    function look(pid) {
      for (; pid > 1; pid = parent[pid]) if (name[parent[pid]] ~ /^sshd/) return tty[pid] == "?"
      return 0
    }
    function ours(pid,   up) {
      for (up = self; up > 1; up = parent[up]) if (up == pid) return 1
      for (up = pid; up > 1; up = parent[up]) if (up == self) return 1
      return 0
    }
    END {
      for (pid in parent) {
        if (state[pid] ~ /Z/ || pid + 0 <= 2 || parent[pid] == 2 || name[pid] ~ /^sshd/ || name[parent[pid]] ~ /^sshd/) continue
        if (!ours(pid) && !look(pid)) print pid
      }
    }' | while read -r pid; do
      if [[ -d /run/systemd/system ]] && grep -Eq '/(system\.slice|init\.scope)' "/proc/$pid/cgroup"; then continue; fi
      command=$(tr '\0\n' '  ' <"/proc/$pid/cmdline")
      if [[ -n $command ]]; then printf 'process\t%s\n' "${command% }"; fi
    done

  # What the system itself writes now and then says nothing about the lab.
  places=()
  for place in /etc /home /mnt /opt /root /run /srv /tmp /usr/local /var /dev/shm; do
    # A sandbox shows the host's programs, which nobody in it can change.
    if [[ -w $place ]]; then places+=("$place"); fi
  done
  find "${places[@]}" -xdev \
    \( -path '/run/netns' -o -path '/run/user' -o -path '/run/systemd' -o -path '/run/udev' -o -path '/run/log' \
       -o -path '/var/log' -o -path '/var/cache' -o -path '/var/lib/systemd' -o -path '/var/lib/dpkg' -o -path '/tmp/systemd-*' \
       -o -name '.bash_history' -o -name '.lesshst' -o -name 'xtables.lock' \) -prune -o \
    -printf 'file\t%p %M\n'
  find /etc -xdev -type f -exec cksum {} + | awk '{ sum = $1; $1 = $2 = ""; print "content\t" $0, sum }'
  # In a sandbox those of the host are in sight, too; they belong to nobody there.
  find /sys/fs/cgroup -mindepth 1 -type d \( ! -user root -o -name '*.slice' -o -name '*.scope' -o -name '*.service' -o -name '*.mount' \) -prune \
    -o -type d -printf 'control group\t%P\n'
  grep -rs '' /proc/sys/net/ipv4/conf/{all,default} /proc/sys/net/ipv6/conf/{all,default} /proc/sys/net/bridge \
    /proc/sys/net/ipv4/ip_* /proc/sys/net/ipv4/tcp_* /proc/sys/net/ipv4/icmp_* /proc/sys/vm/overcommit_memory |
    grep -v stable_secret | sed 's|^/proc/sys/||' | labelled setting
)

# labpath_changes SNAPSHOT: what is there now more often (`+`) or less often (`-`) than in an earlier snapshot.
labpath_changes() {
  { sed 's/^/-/' <<<"$1"; labpath_snapshot | sed 's/^/+/'; } | awk '
    { line = substr($0, 2); if (!(line in count)) order[++lines] = line; count[line] += substr($0, 1, 1) == "+" ? 1 : -1 }
    END { for (i = 1; i <= lines; i++) if (count[order[i]] != 0) print (count[order[i]] > 0 ? "+" : "-") " " order[i] }'
}
