# Prints what a cell may change on a machine, one `kind<TAB>thing` a line. What changes by itself is left out: interface
# indexes, counters, lifetimes, this shell and its SSH server.
(
  PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
  exec 2>/dev/null </dev/null
  self=$BASHPID
  labelled() { sed "s|^|$1	|; s| *$||"; }

  network() {
    local where=$1
    shift
    "$@" ip -o link show | sed -E 's/^[0-9]+: //; s/\\.*//; s/@[^:]*//; s/ qdisc.*//; s/(NO-CARRIER|LOWER_UP),?//; s/,>/>/' | labelled "link$where"
    "$@" ip -o addr show | awk '$3 ~ /^inet/ && $4 !~ /^fe80/ { print $4 " dev " $2 }' | labelled "address$where"
    { "$@" ip route show table all; "$@" ip -6 route show table all; } |
      grep -Ev '^(local|broadcast|multicast|anycast|fe80|ff00)' | sed 's/ linkdown//' | labelled "route$where"
    "$@" ip rule show | labelled "rule$where"
    "$@" ip neigh show nud permanent | labelled "neighbour$where"
    local table
    for table in filter nat mangle raw; do
      "$@" iptables-save -t "$table" | sed -nE "s/^-A (.*)/-t $table -A \1/p" | labelled "iptables$where"
    done
    "$@" ss -Hlntu | awk '{ print $1, $5 }' | sort -u | labelled "listening$where"
  }

  network ''
  for name in /run/netns/*; do
    [ -e "$name" ] || continue
    printf 'namespace\t%s\n' "${name##*/}"
    network " in ${name##*/}" ip netns exec "${name##*/}"
  done
  awk '$5 !~ "^/(proc|sys|run/netns|run/user)(/|$)" { print $5 " (" $3 ")" }' /proc/self/mountinfo | sed -E 's/ \([0-9:]+\)//' | labelled mount
  sysctl -n net.ipv4.ip_forward | sed 's/^/net.ipv4.ip_forward = /' | labelled setting
  ps -eo pid=,ppid=,comm=,args= | awk -v self="$self" '
    { parent[$1] = $2; name[$1] = $3; args = $0; sub(/^ *[0-9]+ +[0-9]+ +[^ ]+ +/, "", args); line[$1] = args }
    END {
      for (pid in parent) {
        ours = 0
        for (up = pid; up > 1; up = parent[up]) if (up == self) ours = 1
        for (up = self; up > 0; up = parent[up]) if (up == pid) ours = 1
        if (ours || pid == 2 || parent[pid] == 2 || name[pid] ~ /^sshd/ || name[parent[pid]] ~ /^sshd/) continue
        print pid, line[pid]
      }
    }' | labelled process
)
