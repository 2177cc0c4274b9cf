import { describe, expect, it } from 'vitest';
import { scanCells } from '../../src/cells/scan';
import { lintLab } from '../../src/labs/lint/lint';

const fence = (info: string, ...lines: string[]) => ['```' + info, ...lines, '```', ''].join('\n');
const CHECK = fence('bash {check #c layer=ip}', 'echo seen', 'true');
const SETUP = fence('bash {setup #s}', 'mkdir -p /run/x');
const CLEANUP = fence('bash {cleanup #z}', 'rm -rf /run/x');
const FAULT = fence('bash {fault #f breaks=c}', 'rm /run/x/file');
const SOLUTION = fence('bash {solution #m for=f}', 'touch /run/x/file');
const GOOD = [SETUP, CHECK, FAULT, SOLUTION, CLEANUP];
const lint = (fences: readonly string[], frontmatter: Record<string, unknown> = { uid: 'u' }) =>
  lintLab(scanCells(fences.join('\n')), frontmatter).map(({ rule, message }) => `${rule}: ${message}`);
const without = (fence_: string, ...more: string[]) => [...GOOD.filter((each) => each !== fence_), ...more];

describe('the linter', () => {
  it('has nothing to say of a lab that is written right', () => {
    expect(lint(GOOD)).toEqual([]);
  });

  it.each([
    [
      'a role that is none',
      [...GOOD, fence('bash {chek #d}', 'echo')],
      'unknown-role: `chek` is no role, so this is an ordinary cell; did you mean `check`?',
    ],
    [
      'a check that is not there',
      without(FAULT, fence('bash {fault #f breaks=cc}', 'x y')),
      'missing-check: `breaks=` of `f` names `cc`, but there is no check of that name; did you mean `c`?',
    ],
    [
      'a fault that says nothing',
      without(FAULT, fence('bash {fault #f}', 'x y')),
      'fault-breaks-nothing: The fault `f` does not say which checks it breaks. Add `breaks=`.',
    ],
    [
      'a fault without a solution',
      without(SOLUTION),
      'fault-without-solution: The fault `f` has no solution. Add a `solution` fence with `for=f`.',
    ],
    [
      'a solution for nothing',
      [...GOOD, fence('bash {solution #n for=g}', 'x')],
      'unknown-reference: `for=` of `n` names `g`, but there is no fault or check of that name; did you mean `f`?',
    ],
    [
      'a hint that tells',
      [...GOOD, fence('bash {hint #h for=c}', 'echo "try touch /run/x/file"')],
      'hint-tells: The hint `h` contains a line of a solution: `touch /run/x/file`. A hint says where to look, not what to type.',
    ],
    [
      'a silent check',
      without(CHECK, fence('bash {check #c}', 'ip link show | grep -q UP')),
      'silent-check: The check `c` prints nothing. Let it print one line of what it saw, also when it passes.',
    ],
    [
      'a missing cleanup',
      without(CLEANUP),
      'cleanup-missing: Cleanup is missing: what the lab made on the machine would stay there. Add a `cleanup` fence.',
    ],
    [
      'a check that nothing breaks',
      [...GOOD, fence('bash {check #d}', 'echo d')],
      'check-never-broken: No fault breaks the check `d`, so nobody will ever see it fail. Name it in a `breaks=`, or leave it out.',
    ],
    [
      'an expected output of nobody',
      [...GOOD, fence('text {expect of=look}', 'x')],
      'expectation: `of=look` is no cell of this note.',
    ],
    [
      'a pattern that is none',
      [...GOOD, fence('bash {observe #o}', 'ls'), fence('text {expect of=o match=regex}', 'a(')],
      'expectation: This is no regular expression: `a(`.',
    ],
    [
      'a need of nobody',
      [...GOOD, fence('bash {step #t needs=setupp}', 'ls')],
      'unknown-reference: `needs=` of `t` names `setupp`, but there is no cell of that name.',
    ],
  ])('finds %s', (_, fences, sentence) => {
    expect(lint(fences)).toContain(sentence);
  });

  it('finds a missing uid, and requirements and variables of no known form', () => {
    expect(
      lint(GOOD, { lab_env: 'moon', lab_requires: ['ip', 'tool/ip'], lab_vars: ['x', 'PATH=/tmp|/'] }),
    ).toEqual([
      'frontmatter: The property `uid` is missing; without it a rename loses the learner’s progress.',
      'frontmatter: `lab_env: moon` is not one of sandbox, vm, cluster.',
      'frontmatter: `lab_requires` has `ip`; write `tool/ip`, `kernel/bridge`, `cap/net_admin`, `cgroup2/memory`, `nodes>=3`, `kvm` or `internet`.',
      'frontmatter: `lab_vars` has `x`; write `NAME=one|two` or `NAME=1-9`, with a name of your own: none that shells obey, such as PATH.',
      'frontmatter: `lab_vars` has `PATH=/tmp|/`; write `NAME=one|two` or `NAME=1-9`, with a name of your own: none that shells obey, such as PATH.',
    ]);
  });

  it('does not take a way of looking for the mend', () => {
    const flush = 'ip -n red neigh flush dev eth0';
    const fences = [
      ...without(SOLUTION),
      fence('bash {solution #m for=f}', 'ip link set eth0 up', flush),
      fence('bash {observe #o}', flush),
      fence('bash {hint #h for=c}', flush, 'echo "who answers?"'),
    ];
    expect(lint(fences)).toEqual([]);
  });

  it('takes a check that fails before anything is built for one that can fail', () => {
    expect(lint([SETUP, fence('bash {step #t}', 'touch /run/x/a'), CHECK, CLEANUP])).toEqual([]);
  });

  it('says nothing of a note that is no lab', () => {
    expect(lint([fence('bash', 'ls'), fence('bash {step}', 'ls')], {})).toEqual([]);
  });
});
