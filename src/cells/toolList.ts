/** `a, b, /proc filesystem`: words between commas, the first item a single word; or one word alone. */
const LIST = /^[\w.+-]+(?:, *[\w.+/-]+(?: [\w.+/-]+){0,2})*,?$/;

/**
 * The names in a fence that lists tools instead of commands, as in
 *
 *     # Network debugging
 *     iproute2, iptables, tcpdump
 *
 * Gives null for commands. The sign is a first word that ends in a comma: no command is called like that.
 */
export function toolList(source: string): string[] | null {
  const lines = source
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const isList = lines.every((line) => LIST.test(line)) && lines.some((line) => line.includes(','));
  if (!isList) return null;
  return lines
    .flatMap((line) => line.split(','))
    .map((item) => item.trim())
    .filter((item) => /^[\w.+-]+$/.test(item));
}
