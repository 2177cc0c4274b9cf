/** What a placeholder's name stands for on a machine, and how to list it: one suggestion a line. */
const LISTS: readonly (readonly [RegExp, string])[] = [
  [/^(ns|netns|namespace|network-?namespace)\d*$/, 'ip netns list | cut -d" " -f1'],
  [/^(pid|process|proc)\d*$/, 'ps -eo pid=,args= | grep -v "ps -eo" | tail -n 40'],
  [
    /^(dev|device|if|iface|ifname|interface|nic|link|veth|bridge|br)\d*$/,
    'ip -o link show | cut -d: -f2 | sed "s/@.*//; s/ //g"',
  ],
  [
    /^(container|ctr|container-?(id|name))\d*$/,
    'for tool in docker podman nerdctl; do "$tool" ps --format "{{.Names}}" && break; done; crictl ps -o json | grep -o "\\"name\\": *\\"[^\\"]*" | cut -d\\" -f4',
  ],
  [/^(pod|pod-?name)\d*$/, 'kubectl get pods --no-headers -o custom-columns=:metadata.name'],
  [
    /^(ip|addr|address|target|host-?ip|src|dst)\d*$/,
    'ip -o addr show | awk \'{ sub(/\\/.*/, "", $4); print $4 }\'',
  ],
  [/^(port)\d*$/, 'ss -Hlntu | awk \'{ sub(/.*:/, "", $5); print $5 }\' | sort -un'],
  [/^(user|username)$/, 'cut -d: -f1 /etc/passwd'],
];

/** Bash source that lists what a placeholder of this name may be on the machine, or null when nobody knows. */
export function suggestionSource(name: string): string | null {
  const key = name.toLowerCase().replaceAll(/[_ ]/g, '-');
  const list = LISTS.find(([pattern]) => pattern.test(key));
  return list ? `{ ${list[1]}; } 2>/dev/null | head -n 200` : null;
}

/** The lines of the answer as suggestions: a value, and behind the first blank what it is. */
export function readSuggestions(text: string): { readonly value: string; readonly about: string }[] {
  const seen = new Set<string>();
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => ({ value: line.split(/\s+/, 1)[0] ?? line, about: line.replace(/^\S+\s*/, '') }))
    .filter(({ value }) => !seen.has(value) && seen.add(value) !== undefined);
}
