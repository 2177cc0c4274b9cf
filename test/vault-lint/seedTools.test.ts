// The map names tools that one should have. A tool no cell calls is one the reader installs for nothing.
import { expect, it } from 'vitest';
import { seedTools } from '../../src/machine/seedTools';
import type { LabTool } from '../../src/machine/tool';
import { vaultNotes } from './vaultNotes';

/** Programs of a package that its title and its version do not name. */
const OTHER_PROGRAMS: Readonly<Record<string, readonly string[]>> = { sysstat: ['pidstat'] };
const tools = seedTools.filter(({ group }) => group !== 'Prerequisites');

/** What a cell may call that comes with the tool. */
function programsOf({ id, title, version }: LabTool): string[] {
  const inBrackets = /\((.*)\)/.exec(title)?.[1]?.split(', ') ?? [];
  const thatTell = version.flatMap((line) => line.split(' ')[0] ?? []);
  return [...new Set([...thatTell, ...inBrackets, ...(OTHER_PROGRAMS[id] ?? [])])];
}

/** The code without what only speaks of programs: comments, texts that are printed, questions whether they are there. */
function onlyCalls(source: string): string {
  return source
    .replace(/(^|\s)#.*$/gm, '$1')
    .replace(/\bcommand -v \S+/g, '')
    .replace(/\becho\s+(["'])(?:(?!\1)(?!\$\().)*\1/g, 'echo');
}

/** A program stands where a command begins: behind a line's start, a pipe, a bracket, or a program that starts others. */
function calls(source: string, program: string): boolean {
  const before = String.raw`(?:^|[|;&({!]|\$\(|\b(?:if|then|do|else|while|exec|sudo|timeout(?: -\S+(?: [A-Z]+)?)* \S+|ip netns exec \S+|nsenter \S+|start \S+))\s*`;
  return new RegExp(`${before}(?:[A-Z_]+=\\S* )*${program}\\b(?!\\.)`, 'm').test(onlyCalls(source));
}

const cells = vaultNotes().flatMap((note) =>
  note.cells.filter(
    ({ lang, role, body }) => lang === 'bash' && !(role === null && /^iproute2,/m.test(body)),
  ),
);

it.each(tools.map((tool) => [tool.title, tool] as const))('a cell of the vault uses %s', (_, tool) => {
  const uses =
    tool.id === 'proc'
      ? (body: string) => onlyCalls(body).includes('/proc/')
      : (body: string) => programsOf(tool).some((program) => calls(body, program));
  expect(cells.filter(({ body }) => uses(body)).length, programsOf(tool).join(', ')).toBeGreaterThan(0);
});

it('takes for use neither the question whether a tool is there nor a word about it', () => {
  expect(
    calls('if command -v falco >/dev/null; then\n  true\nelse\n  echo "falco is not here"\nfi', 'falco'),
  ).toBe(false);
  expect(calls('# strace would tell\nls /usr/bin/strace', 'strace')).toBe(false);
  expect(calls('cat list | falco -V rules', 'falco')).toBe(true);
  expect(calls('calls=$(perf stat -e x true)', 'perf')).toBe(true);
  expect(calls('exec timeout 3 tcpdump -ni br0', 'tcpdump')).toBe(true);
});
