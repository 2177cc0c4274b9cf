import { isNetnsName } from '../base/netns';

/** Where on a machine a session's shell lives. */
export type Place =
  | { readonly kind: 'machine' }
  | { readonly kind: 'netns'; readonly name: string }
  | { readonly kind: 'container'; readonly name: string };

export const machine: Place = { kind: 'machine' };

/** Names and ids of containers and pods that need no quoting in any shell and cannot be taken for an option. */
export function isContainerName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_.-]{0,252}$/.test(name);
}

/**
 * The command, for any login shell (sh, fish, tcsh…), that runs a bash script in a place. The script and all that this
 * adds hold no single quote and no newline, and a backslash only where no shell gives it a meaning in single quotes.
 * With `terminal`, the script gets the terminal that the command was given. Throws RangeError for a name that is not
 * plain.
 */
export function commandIn(place: Place, script: string, terminal: boolean): string {
  if (/['\n]/.test(script)) throw new RangeError('Such a script holds no single quote and no newline.');
  const bash = 'bash --noprofile --norc -c';
  const enter = entering(place, terminal);
  return enter === null ? `exec ${bash} '${script}'` : `exec ${bash} '${enter}' labpath '${script}'`;
}

/** A script that runs its first argument as a bash script inside; null where there is nothing to enter. */
function entering(place: Place, terminal: boolean): string | null {
  switch (place.kind) {
    case 'machine':
      return null;
    case 'netns':
      if (!isNetnsName(place.name)) throw new RangeError(`Not a name for a network namespace: ${place.name}`);
      return (
        'PATH=$PATH:/usr/sbin:/sbin; r=; [ $EUID = 0 ] || r="sudo -n"; ' +
        `exec $r ip netns exec ${place.name} bash --noprofile --norc -c "$1"`
      );
    case 'container':
      if (!isContainerName(place.name)) throw new RangeError(`Not a name for a container: ${place.name}`);
      return enteringContainer(place.name, terminal ? '-i -t' : '-i');
  }
}

/** The first program that knows the container, with sudo where it must be. Pods come last: asking for them takes longest. */
function enteringContainer(name: string, options: string): string {
  const find =
    'case $t in' +
    ' crictl) i=$($r crictl ps -q --name "^$n$" 2>/dev/null);;' +
    ' kubectl) i=$($r kubectl get pod "$n" -o name --request-timeout=3s 2>/dev/null);;' +
    ' *) i=$($r $t container inspect --format "{{.Id}}" "$n" 2>/dev/null);; esac; ';
  const enter = `[ -n "$i" ] && exec $r $t exec ${options} "$i" $d bash --noprofile --norc -c "$1"; `;
  return (
    `n=${name}; s=; PATH=$PATH:/usr/local/bin:/usr/sbin:/sbin; ` +
    'for t in docker podman nerdctl crictl kubectl; do type -P $t >/dev/null || continue; ' +
    's="$s $t"; d=; [ $t = kubectl ] && d=--; ' +
    `for r in "" "sudo -n"; do i=; ${find}${enter}done; done; ` +
    'echo "There is no container or pod $n (asked: ${s:-nobody, none of docker, podman, nerdctl, crictl, kubectl is there})" >&2; exit 1'
  );
}
