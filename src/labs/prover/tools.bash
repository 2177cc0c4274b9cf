# Runs checks on a machine on which one of their tools seems to be missing.
#   try INDEX SECONDS NETNS WORD…   the check's source is in $work/INDEX; every word that is a program is taken away once,
#                                   and `passed<TAB>INDEX<TAB>TOOL` is printed where the check passed all the same
# One after the other: side by side, a check that counts packets would count those of its neighbours.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
work=$(mktemp -d /tmp/labpath-tools.XXXXXX)
trap 'rm -rf -- "$work"' EXIT
bash=$(type -P bash)
base=' [ awk base64 basename bash cat chmod comm cp cut date dirname echo env expr false find gawk grep head id ln ls mawk
  mkdir mktemp mv od paste printf pwd readlink realpath rm rmdir sed seq sh sleep sort stat tail tee test timeout touch tr
  true tsort tty uname uniq wc whoami xargs yes '

try() {
  local index=$1 seconds=$2 netns=$3 word enter=()
  shift 3
  [[ -z $netns ]] || enter=(ip netns exec "$netns")
  for word; do
    [[ $base != *[[:space:]]"$word"[[:space:]]* && -n $(type -P "$word") ]] || continue
    mkdir -p "$work/$index.$word"
    printf '#!%s\n: >%q\nprintf "%%s: command not found\\n" %q >&2\nexit 127\n' "$bash" "$work/$index.$word/used" "$word" \
      >"$work/$index.$word/$word"
    chmod +x "$work/$index.$word/$word"
    (
      cd || exit
      if "${enter[@]}" timeout "$seconds" env "PATH=$work/$index.$word:$PATH" "$bash" --noprofile --norc -euo pipefail \
        "$work/$index" </dev/null >/dev/null 2>&1 && [[ -e $work/$index.$word/used ]]; then
        printf 'passed\t%s\t%s\n' "$index" "$word"
      fi
    )
  done
}
