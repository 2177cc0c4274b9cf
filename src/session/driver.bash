# shellcheck shell=bash
# The far side of a Labpath session. It is the rcfile of an interactive bash on a PTY and turns that shell into one that
# reads cells as frames, runs them at top level and reports each one's status. docs/protocol.md describes the bytes.
#
# Only bash (4.2 or later), stty, tty and id are needed; nothing is written to the machine. Every name starts with
# __labpath_, and `builtin` stands before builtins because a cell may define functions and aliases with their names.
#
# Cells run under the user's own options, so most of this file must survive set -u, -f, -k, posix, failglob and any IFS.

__labpath_key=@KEY@         # secret of this session: a marker or frame without it is plain data
__labpath_profile=@PROFILE@ # login | rc | none
__labpath_mode=@MODE@       # P | T, or A to choose by the version of bash (see the end of this file)
__labpath_nested=@NESTED@   # not empty: this shell was opened inside of another one, to which `exit` leads back

unset HISTFILE MAILCHECK
set +o history +H +o noclobber
stty -ixon iutf8 2>/dev/null

__labpath_nonce='' __labpath_cell='' __labpath_start='' __labpath_status=0 __labpath_options=''
__labpath_encoded='' __labpath_pipes='' __labpath_begun='' __labpath_int_trap='' __labpath_exit_trap='' __labpath_syntax_error=''

# Percent-encodes in $1 the bytes that could end or forge a marker, into __labpath_encoded.
__labpath_encode() {
  local LC_ALL=C text=$1
  text=${text//%/%25} text=${text//$'\e'/%1b} text=${text//$'\a'/%07} text=${text//$'\n'/%0a}
  text=${text//$'\r'/%0d} text=${text//;/%3b} text=${text//$'\x9c'/%9c}
  # Longer than any path: a marker that outgrows its limit would not be found, and the cell never end.
  (( ${#text} <= 4096 )) || text=''
  __labpath_encoded=$text
}

# S: the shell is ready. Also says who and where it is; that takes forks, so a respawned shell keeps the answers.
__labpath_hello() {
  if [[ -z ${__labpath_user-} ]]; then
    local ip
    __labpath_encode "$(id -un 2>/dev/null)"
    __labpath_user=$__labpath_encoded
    __labpath_encode "${HOSTNAME-}"
    __labpath_host=$__labpath_encoded
    __labpath_tty=$(tty) # once: a cell may redirect the shell's stdin
    __labpath_netns=''
    for ip in "$(builtin type -P ip)" /usr/sbin/ip /sbin/ip; do
      [[ -x $ip ]] || continue
      __labpath_encode "$("$ip" netns identify "$$" 2>/dev/null)"
      __labpath_netns=$__labpath_encoded
      break
    done
  fi
  __labpath_encode "${PWD-}"
  builtin printf '\e]8471;S;%s;%s;%s;%s;%s;%s;%s;%s\a' "$__labpath_key" "$$" "$__labpath_tty" \
    "$__labpath_mode" "$__labpath_user" "$__labpath_host" "$__labpath_netns" "$__labpath_encoded" >/dev/tty
}

# Sets $? without leaving the cell.
__labpath_return() { builtin return "$1"; }

# EPOCHREALTIME in microseconds (its decimal sign depends on the locale), empty before bash 5.
__labpath_now() { __labpath_time=${EPOCHREALTIME-} __labpath_time=${__labpath_time//[!0-9]/}; }

# E: the cell ended. $1 status, $2 flags. A cell that was read but never began (mode T, its line was lost) has no end:
# the client, which saw no B, sends it again.
__labpath_end() {
  [[ -n $__labpath_nonce && -n $__labpath_begun ]] || builtin return 0
  local __labpath_time
  __labpath_now
  __labpath_encode "${PWD-}"
  if [[ -n $__labpath_pipes ]]; then
    builtin printf '\e]8471;e;%s\a' "$__labpath_nonce" 1<>"$__labpath_pipes/o"
    builtin printf '\e]8471;e;%s\a' "$__labpath_nonce" 1<>"$__labpath_pipes/e"
  fi
  builtin printf '\e]8471;E;%s;%s;%s,%s;%s;%s\a' "$__labpath_nonce" "$1" "$__labpath_start" "$__labpath_time" "$2" \
    "$__labpath_encoded" >/dev/tty
  __labpath_nonce='' __labpath_pipes='' __labpath_begun=''
}

# B: the cell begins. INT is restored before the marker: inside `trap - INT` bash has a moment in which ^C would kill
# it, and the client sends ^C only after it has seen B.
__labpath_begin() {
  local __labpath_time
  if [[ -n $__labpath_int_trap ]]; then builtin eval "$__labpath_int_trap"; else builtin trap - INT; fi
  __labpath_now
  __labpath_start=$__labpath_time __labpath_begun=1
  builtin printf '\e]8471;B;%s\a' "$__labpath_nonce" >/dev/tty
}

# Does the cell parse? A cell without a closing brace is defined as the body of a function: no fork, and it cannot get
# out of the body. Others take one `bash -n`.
__labpath_parses() {
  local extglob=-u errors
  builtin shopt -q extglob && extglob=-s
  builtin shopt -s extglob
  if [[ $__labpath_cell != *'}'* ]] &&
    builtin eval "__labpath_body() {"$'\n'"$__labpath_cell"$'\n\n'"}"; then
    builtin unset -f __labpath_body
    builtin shopt "$extglob" extglob
    return 0
  fi
  builtin unset -f __labpath_body
  builtin shopt "$extglob" extglob
  # A pipe and not <(…), which bash before 5.1 does not know in POSIX mode.
  if errors=$(builtin printf '%s\n' "$__labpath_cell" | "$BASH" -O extglob -n /dev/fd/0 2>&1) &&
    [[ $errors != *'here-document at line'* ]]; then
    return 0
  fi
  __labpath_syntax_error=${errors//\/dev\/fd\/0/cell}
  return 1
}

# Brings the loop back; the client types this name when the shell sits at a prompt it does not know.
__labpath_sync() {
  # A local would be split or moved away by IFS and set -k.
  # shellcheck disable=SC2319 # when typed, $? is that of the command before
  __labpath_status=$?
  builtin unset PROMPT_COMMAND
  PROMPT_COMMAND=$__labpath_loop PS1='' PS2=''
  builtin return "$__labpath_status"
}

# The cell may have set traps: chain its EXIT trap behind ours, and remember its INT trap, because INT is ignored while
# no cell runs.
__labpath_keep_traps() {
  local words
  words=$(builtin trap -p EXIT)
  if [[ $words != *__labpath_exit* ]]; then
    builtin eval "words=($words)"
    # shellcheck disable=SC2178,SC2128 # the eval made an array of it: trap -- 'command' EXIT
    __labpath_exit_trap=${words[2]-}
    builtin trap __labpath_exit EXIT
  fi
  __labpath_int_trap=$(builtin trap -p INT)
}

# Reads the next frame that asks for a cell into __labpath_nonce, __labpath_pipes and frame (a local of the caller).
# One `read -s -d` takes the terminal out of echo and line mode for exactly that read. Lines are joined: the terminal
# may have been in line mode when the frame came, which cuts lines at 4095 bytes, so frames come in short ones.
__labpath_read_frame() {
  local head lines IFS=$'\n'
  local tag=$'\x02LP1;'$__labpath_key';'
  while :; do
    lines=() frame=''
    if ! builtin read -rs -d $'\x1e' -a lines </dev/tty; then
      : 2>/dev/null >/dev/tty || builtin exit 0 # the terminal is gone
      continue
    fi
    builtin printf -v frame '%s' "${lines[@]}"
    if [[ ${frame:0:${#tag}} == "$tag" ]]; then
      frame=${frame:${#tag}} # the usual way; ##* below is quadratic
    elif [[ $frame == *"$tag"* ]]; then
      frame=${frame##*"$tag"} # type-ahead that nobody read stands before the frame
    else
      continue
    fi
    head=${frame%%;*} frame=${frame#*;}
    case $head in
      R*)
        __labpath_nonce=${head#R} __labpath_pipes=''
        return
        ;;
      Q*)
        __labpath_nonce=${head#Q} __labpath_pipes=${frame%%;*} frame=${frame#*;}
        return
        ;;
      P*) builtin printf '\e]8471;P;%s;%s\a' "$__labpath_key" "${head#P}" >/dev/tty ;;
    esac
  done
}

# Ends the cell that ran, waits for the next one and puts it into __labpath_cell, ready for a top-level eval.
__labpath_next() {
  __labpath_options=$-
  builtin set +exvk
  [[ ${PROMPT_COMMAND-} == "$__labpath_loop" ]] || __labpath_sync
  builtin jobs >/dev/null
  __labpath_end "$__labpath_status" ''
  [[ $__labpath_cell == *trap* ]] && __labpath_keep_traps
  [[ $__labpath_mode == P || -t 0 ]] || \exec </dev/tty # mode T reads its line there; `builtin exec` would undo it
  builtin trap '' INT # a late ^C must not tear a frame that is half read
  local frame LC_ALL=C
  __labpath_read_frame
  builtin printf -v __labpath_cell '%b' "$frame"
  if ! __labpath_parses; then
    # shellcheck disable=SC2016 # expanded when the cell runs
    __labpath_cell='builtin printf "%s\n" "$__labpath_syntax_error" >&2; __labpath_return 2'
  fi
  # The options of the cell before come back, and $? when the cell looks at it.
  local before=''
  [[ $__labpath_options == *e* ]] && before+='{ set -e; } 2>/dev/null;'
  [[ $__labpath_status != 0 && $__labpath_options != *e* && $__labpath_cell == *'$?'* ]] &&
    before+="__labpath_return $__labpath_status;"
  [[ $__labpath_options == *k* ]] && before+='{ set -k; } 2>/dev/null;'
  [[ $__labpath_options == *v* ]] && before+='{ set -v; } 2>/dev/null;'
  [[ $__labpath_options == *x* ]] && before+='{ set -x; } 2>/dev/null;'
  [[ -n $before ]] && __labpath_cell=$before$'\n'$__labpath_cell
  [[ $__labpath_cell == *'$?'* ]] || __labpath_status=0
  [[ $__labpath_mode == T ]] || __labpath_begin
  builtin return 0
}

# Prints the shell's state as bash source. Aliases come last, so that none changes how the rest is read.
__labpath_dump() {
  local __labpath_name
  while IFS= builtin read -r __labpath_name; do
    case $__labpath_name in
      BASHOPTS | BASH_* | BASHPID | EUID | PPID | SHELLOPTS | UID | DIRSTACK | FUNCNAME | GROUPS | LINENO | RANDOM | \
        SRANDOM | SECONDS | EPOCH* | HISTCMD | PIPESTATUS | _ | __labpath_name | PROMPT_COMMAND | PS1 | PS2) continue ;;
    esac
    builtin declare -p "$__labpath_name"
  done < <(builtin compgen -v)
  builtin shopt -p
  builtin declare -f
  builtin set +o
  builtin printf '%s\n' "$__labpath_traps"
  builtin alias -p
}

# The EXIT trap: a cell that says `exit`, or fails under `set -e`, ends the cell and not the session. exec keeps the
# process, the terminal and the environment; the dump brings the rest back (not the job table and $!).
__labpath_exit() {
  __labpath_status=$? __labpath_options=$-
  builtin set +exvk
  if [[ -n ${__labpath_exit_trap-} ]]; then
    builtin eval "$__labpath_exit_trap"
    __labpath_exit_trap=''
  fi
  if ! { : >/dev/tty; } 2>/dev/null; then # the terminal is gone: end our jobs, as closing a terminal does
    local job
    for job in $(builtin jobs -p); do
      builtin kill -HUP -- "-$job"
      builtin kill -CONT -- "-$job"
    done 2>/dev/null
    builtin return
  fi
  if [[ -n ${__labpath_nested-} ]]; then
    __labpath_end "$__labpath_status" left
    builtin return
  fi
  __labpath_traps=$(builtin trap -p HUP QUIT TERM USR1 USR2 ALRM WINCH ERR 2>/dev/null)
  __labpath_end "$__labpath_status" exit
  [[ $__labpath_mode == P || -t 0 ]] || \exec </dev/tty # mode T reads its line there; `builtin exec` would undo it
  # Before 5.1 there is no <(…) in POSIX mode; the dump, made without, would end it for good.
  __labpath_posix=''
  if builtin shopt -qo posix; then
    __labpath_posix='\set -o posix'
    builtin set +o posix
  fi
  builtin exec "$BASH" --noprofile --noediting --rcfile <(
    __labpath_dump 2>/dev/null
    # shellcheck disable=SC2016 # expanded by the new shell
    builtin echo '\builtin unset PS1 PS2; PS1= PS2=; \builtin trap __labpath_exit EXIT; PROMPT_COMMAND=$__labpath_loop; __labpath_hello'
    builtin echo "$__labpath_posix"
    for option in e k v x; do
      [[ $__labpath_options == *$option* ]] && builtin echo "{ \\set -$option; } 2>/dev/null"
    done
  ) -i
}

# After the last round of the loop below.
__labpath_finish() {
  builtin set +exvk
  __labpath_end "$__labpath_status" ''
}

# Mode P (bash 5.1 and later): cells run inside PROMPT_COMMAND. It is unrolled and not a loop, because ^Z, break and
# continue in a cell would end the loop. After a hundred cells the shell falls back to its own prompt; the newline in
# front of every frame brings it here again.
# Mode T (before 5.1, where ^C inside PROMPT_COMMAND ends the shell): PROMPT_COMMAND only reads the frame, and the client
# types one constant line after it, which the ordinary parser reads.
if [[ $__labpath_mode == A ]]; then
  __labpath_mode=P
  ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 501)) && __labpath_mode=T
fi
# shellcheck disable=SC2016 # expanded when a cell runs
__labpath_run='case $__labpath_pipes in "") \builtin eval "$__labpath_cell";; *) \builtin eval "$__labpath_cell" >"$__labpath_pipes/o" 2>"$__labpath_pipes/e";; esac'
# shellcheck disable=SC2016 # expanded whenever bash runs PROMPT_COMMAND
__labpath_loop='{ __labpath_status=$?; } 2>/dev/null'
if [[ $__labpath_mode == P ]]; then
  for ((__labpath_round = 0; __labpath_round < 100; __labpath_round++)); do
    # A round is one line, because bash parses line by line, and an eval of a cell that does not parse leaves its parser
    # in a state in which it would misread a `case` on the next line.
    # shellcheck disable=SC2016 # expanded when a cell runs
    __labpath_loop+=$'\n''{ __labpath_next; } 2>/dev/null; '$__labpath_run'; { __labpath_status=$?; } 2>/dev/null'
  done
  __labpath_loop+=$'\n''{ __labpath_finish; } 2>/dev/null'
  unset __labpath_round
else
  __labpath_loop+=$'\n''{ __labpath_next; } 2>/dev/null'
fi

# What the profile prints comes before S; the client keeps it for the case that S never comes.
case $__labpath_profile in
  login)
    # shellcheck disable=SC1091 # the user's own files
    [[ -r /etc/profile ]] && . /etc/profile
    for __labpath_file in ~/.bash_profile ~/.bash_login ~/.profile; do
      [[ -r $__labpath_file ]] || continue
      # shellcheck disable=SC1090 # the user's own files
      . "$__labpath_file"
      break
    done
    unset __labpath_file
    ;;
  rc)
    # shellcheck disable=SC1090 # the user's own file
    [[ -r ~/.bashrc ]] && . ~/.bashrc
    ;;
esac

stty sane -ixon noflsh iutf8 2>/dev/null
trap - DEBUG
unset HISTFILE
set +o history
# PS1 and PS2 are emptied, not unset: `set -u` is the user's to choose.
# shellcheck disable=SC2034 # read by bash itself
PS1='' PS2='' PROMPT_COMMAND=$__labpath_loop
trap __labpath_exit EXIT
__labpath_hello
