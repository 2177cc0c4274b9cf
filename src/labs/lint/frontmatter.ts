import { textList } from '../../markdown/frontmatter';
import { badRequirements } from '../../path/requirements';
import { badLabVars } from '../vars';
import type { LintFinding } from './finding';

const ENVIRONMENTS = ['sandbox', 'vm', 'cluster'];

/** Properties of a lab whose values nothing can be done with. */
export function lintFrontmatter(frontmatter: Readonly<Record<string, unknown>>): LintFinding[] {
  const messages: string[] = [];
  const [uid] = textList(frontmatter['uid']);
  if (uid === undefined) {
    messages.push('The property `uid` is missing; without it a rename loses the learner’s progress.');
  }
  const [env] = textList(frontmatter['lab_env']);
  if (env !== undefined && !ENVIRONMENTS.includes(env)) {
    messages.push(`\`lab_env: ${env}\` is not one of ${ENVIRONMENTS.join(', ')}.`);
  }
  for (const item of badRequirements(frontmatter)) {
    messages.push(
      `\`lab_requires\` has \`${item}\`; write \`tool/ip\`, \`kernel/bridge\`, \`cap/net_admin\`, \`cgroup2/memory\`, \`nodes>=3\`, \`kvm\` or \`internet\`.`,
    );
  }
  for (const item of badLabVars(frontmatter)) {
    messages.push(
      `\`lab_vars\` has \`${item}\`; write \`NAME=one|two\` or \`NAME=1-9\`, with a name of your own: none that shells obey, such as PATH.`,
    );
  }
  return messages.map((message) => ({
    rule: 'frontmatter',
    severity: 'warning',
    line: 1,
    cell: null,
    message,
  }));
}
