import type { Role } from './cell';
import type { OwnKey } from './keys';

/** What a key of a fence means, in words; the reference and its tests are made of it. */
export interface KeyFact {
  /** Fences it belongs to. */
  readonly of: readonly Role[] | 'cells';
  readonly means: string;
  /** An info string that uses it as meant. */
  readonly example: string;
}

const layers = 'one of link, ip, route, nat, app: how far from the cable it is';

/** A key without an entry here does not compile. */
export const KEY_FACTS: Readonly<Record<OwnKey, KeyFact>> = {
  name: {
    of: 'cells',
    means: 'what the cell is called; without a name or `#id` its code identifies it',
    example: 'bash {name=build}',
  },
  id: { of: 'cells', means: 'the same as `#id`', example: 'bash {id=build}' },
  session: { of: 'cells', means: 'a live session of its own, by name', example: 'bash {session=server}' },
  host: { of: 'cells', means: 'another host than the note’s', example: 'bash {host=node1}' },
  node: { of: 'cells', means: 'the same as `host`', example: 'bash {node=node1}' },
  in: {
    of: 'cells',
    means: 'a shell inside of a network namespace, `netns:NAME`, or of a container or pod, `container:NAME`',
    example: 'bash {in=netns:red}',
  },
  needs: {
    of: 'cells',
    means:
      'cells, by id or name, that run first when they have not run in this session yet (in the app; `labpath run` runs what it is told to)',
    example: 'bash {needs=create,address}',
  },
  timeout: {
    of: 'cells',
    means: 'interrupts the cell after that time: `500ms`, `20s`, `2m`, `1h`, or seconds',
    example: 'bash {timeout=20s}',
  },
  'expect-exit': {
    of: 'cells',
    means: 'the exit statuses that are a success, `nonzero`, or `any`',
    example: 'bash {expect-exit=0,1}',
  },
  background: {
    of: 'cells',
    means: 'a shell of its own; *Run all* does not wait for it',
    example: 'bash {background}',
  },
  tty: {
    of: 'cells',
    means: '`tty=false`: stdout and stderr apart and exact, through pipes instead of a terminal',
    example: 'bash {tty=false}',
  },
  output: {
    of: 'cells',
    means:
      '`output=image`: the last line printed is the path of a picture on the machine, which is shown; `output=plot`: the columns printed are drawn',
    example: 'bash {output=image}',
  },
  skip: { of: 'cells', means: '*Run all* and the prover leave it out', example: 'bash {skip}' },
  capture: {
    of: 'cells',
    means: 'a command, or `#id` of a cell, that runs beside this one; both outputs are shown by time',
    example: 'bash {capture="tcpdump -ni br0"}',
  },
  exec: { of: 'cells', means: 'a fence without a language runs (Killercoda’s mark)', example: '{exec}' },
  copy: {
    of: 'cells',
    means: '*Run all* and the prover leave it out: it is for copying (Killercoda’s mark)',
    example: 'bash {copy}',
  },
  breaks: {
    of: ['fault'],
    means: 'the checks, and no others, that fail while the fault is in',
    example: 'bash {fault #cable breaks=link,ping}',
  },
  fault: {
    of: ['expect'],
    means: 'the output is expected while that fault is in',
    example: 'text {expect of=ping fault=cable}',
  },
  hidden: {
    of: ['fault'],
    means: 'its name is not offered',
    example: 'bash {fault #cable breaks=link hidden}',
  },
  every: {
    of: ['check'],
    means: 'the check runs by itself that often while the lab is started and the note is seen',
    example: 'bash {check #link every=5s}',
  },
  mode: {
    of: ['check', 'file'],
    means:
      'of a check `edge`: once it has passed after failing it stays so (else `level`); of a file its octal mode, 0644 without it',
    example: 'bash {check #link mode=edge}',
  },
  layer: { of: ['check', 'fault'], means: layers, example: 'bash {check #link layer=link}' },
  for: {
    of: ['hint', 'solution'],
    means: 'of a hint its checks (any, without it), of a solution its faults',
    example: 'bash {solution for=cable}',
  },
  after: {
    of: ['hint'],
    means: 'how often its check fails before the hint is offered by itself; 1 without it',
    example: 'bash {hint for=link after=2}',
  },
  file: {
    of: ['file'],
    means: 'the fence’s text becomes that file: an absolute path, or one below `~/` or `$LAB_DIR/`',
    example: 'python {setup file=/root/serve.py mode=0755}',
  },
  of: { of: ['expect'], means: 'the cell whose output is expected', example: 'text {expect of=ping}' },
  match: {
    of: ['expect'],
    means: '`contains`: these lines in this order; `lines`: exactly these; `regex`: each line is a pattern',
    example: 'text {expect of=ping match=lines}',
  },
  x: {
    of: 'cells',
    means: 'with `output=plot`: the column along the bottom; the first one by itself',
    example: 'bash {output=plot x=seconds}',
  },
  y: {
    of: 'cells',
    means: 'with `output=plot`: the columns drawn, with commas between them; all numbers by themselves',
    example: 'bash {output=plot y=read,write}',
  },
  mask: {
    of: ['expect'],
    means: 'what may differ: `mac`, `time`, `address`, `pid`, `number`, or `all`',
    example: 'text {expect of=ping mask=time,mac}',
  },
};

/** What each role is for. */
export const ROLE_FACTS: Readonly<Record<Role, string>> = {
  setup: 'builds what the lab needs; must be safe to run twice',
  step: 'what the learner does',
  observe: 'looks, and changes nothing',
  fault: 'breaks something that the learner has to find',
  check: 'exit status 0 means that it holds; prints one line of what it saw',
  hint: 'prints a hint',
  solution: 'mends a fault, or builds what the checks ask for',
  cleanup: 'leaves nothing behind',
  file: 'its text becomes a file (written as `setup file=/path`)',
  expect: 'the output expected of another cell; never runs',
};
