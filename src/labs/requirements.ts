import { textList } from '../markdown/frontmatter';
import probe from './requirements.bash';

/** `tool/ip`, `kernel/bridge`, `cap/net_admin`, `cgroup2/memory`, `kvm`, `internet`, `nodes>=2`. */
const FORM = /^(tool|kernel|cap|cgroup2)\/[\w.+-]+$|^kvm$|^internet$|^nodes>=\d+$/;

/** What a lab needs of its machine, from `lab_requires`; items of another form are left out. */
export function readRequirements(frontmatter: Readonly<Record<string, unknown>>): string[] {
  return textList(frontmatter['lab_requires']).filter((item) => FORM.test(item));
}

export function badRequirements(frontmatter: Readonly<Record<string, unknown>>): string[] {
  return textList(frontmatter['lab_requires']).filter((item) => !FORM.test(item));
}

/** Bash that prints those of the requirements that the machine does not meet, one a line. */
export function probeRequirements(requirements: readonly string[]): string {
  // Their form needs no quoting, but for the `>`.
  return `${probe}\n${requirements.map((item) => `need '${item}'`).join('\n')}\n`;
}
