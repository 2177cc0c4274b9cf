import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { scanCells } from '../../src/cells/scan';
import { lintLab } from '../../src/labs/lint/lint';
import { scanFences } from '../../src/markdown/fences';
import { parseFrontmatter } from '../../src/markdown/frontmatter';
import { parseMoc } from '../../src/moc/parse';
import { plannedNodes, planStubs, type StubOptions, type StubSelection } from '../../src/path/stubs';
import { facts, mapNote, pathOf, type Texts } from './helpers';

const SEED = 'MOC - Hands-on Container Labs.md';
const seedText = readFileSync(`test/fixtures/seed-vault/${SEED}`, 'utf8');

function plan(texts: Texts, selection: StubSelection = {}, options: Partial<StubOptions> = {}) {
  let uids = 0;
  const path = pathOf(texts);
  return planStubs(plannedNodes(path, selection), {
    path,
    notes: facts(texts),
    uid: () => `uid-${++uids}`,
    now: '2026-01-02T03:04:05.678Z',
    ...options,
  });
}
const only = (title: string, texts: Texts = { [SEED]: seedText }) => {
  const [stub] = plan(texts, { only: title }).create;
  if (!stub) throw new Error(`no stub for ${title}`);
  return { ...stub, ...parseFrontmatter(stub.text) };
};

describe('a stub', () => {
  it('has the properties of the seed in its order, and its own', () => {
    const keys = Object.keys(parseFrontmatter(seedText).data);
    const stub = only('Lab - Implement Simple CNI Plugin');
    expect(Object.keys(stub.data)).toEqual([...keys, 'prerequisites', 'lab_env']);
    expect(stub.problem).toBeNull();
    expect(stub.data).toMatchObject({
      aliases: [],
      created: '2026-01-02T03:04:05Z',
      see_also: ['[[MOC - Hands-on Container Labs]]'],
      status: 'stub',
      tags: ['lab', 'topic/technology/containers'],
      title: 'Lab - Implement Simple CNI Plugin',
      type: 'lab',
      uid: 'uid-1',
      version: 1,
      prerequisites: [],
      lab_env: 'sandbox',
      confidence: null,
    });
  });

  it('of a step requires the step before it', () => {
    expect(only('Basic connectivity labs').data['prerequisites']).toEqual(['[[Network namespace labs]]']);
    expect(only('Multi-container networking').data['prerequisites']).toEqual([]);
    const texts = { 'M.md': mapNote('## Path\n\n1. [[A]]\n2. What?\n3. B\n'), 'A.md': '', 'x/A.md': '' };
    expect(only('What?', texts).data['prerequisites']).toEqual(['[[A]]']);
    expect(only('B', texts).data['prerequisites']).toEqual(['[[What|What?]]']);
  });

  it.each([
    [
      'DEBUG - Pod cannot resolve DNS names',
      'debug',
      ['setup', 'fault', 'check', 'hint', 'solution', 'cleanup'],
    ],
    ['Lab - Container Security Hardening', 'lab', ['setup', 'check', 'hint', 'solution', 'cleanup']],
    ['How a packet exits a container via NAT', 'guide', ['setup', 'check', 'hint', 'solution', 'cleanup']],
    ['MOC - Linux Container Primitives', 'map', []],
  ])('called "%s" is a %s with its fences', (title, kind, roles) => {
    const stub = only(title);
    expect([stub.kind, stub.data['type']]).toEqual([kind, kind]);
    expect(scanFences(stub.text).map(({ info }) => /\{(\w+)/.exec(info)?.[1])).toEqual(roles);
  });

  it('does not pass its own checks, and its other fences run', () => {
    for (const { info, body } of scanFences(only('DEBUG - Pod cannot resolve DNS names').text)) {
      const { status, stderr } = spawnSync('bash', ['--norc', '-euo', 'pipefail', '-c', body], {
        encoding: 'utf8',
      });
      expect([info, status, stderr]).toEqual([info, info.includes('check #') ? 1 : 0, '']);
    }
  });

  it('says what the row says, and where it belongs', () => {
    const { text } = only('Service access problems');
    expect(text).toContain('## Summary\n\nkube-proxy and iptables troubleshooting.\n');
    expect(text).toContain('Part of [[MOC - Hands-on Container Labs]].');
  });

  it('of a map names no item by itself', () => {
    const { text } = only('MOC - Linux Container Primitives');
    expect(parseMoc(text, 'M.md').items).toEqual([]);
  });

  it('survives any title as YAML', () => {
    for (const title of ['yes', '12:30', '"a" & *b', "it's - {x}", 'a: b', '2026-01-01', '\\n']) {
      const stub = only(title, { 'M.md': mapNote(`- **${title}** - x: "y" (planned)\n`) });
      expect(stub.problem).toBeNull();
      expect(stub.data['title']).toBe(title);
      expect(stub.data['purpose']).toBe('x: "y"');
    }
  });

  it('with a title no file can have keeps it as alias, so that it is found', () => {
    const stub = only('TCP/IP?', { 'maps/M.md': mapNote('- TCP/IP? (planned)\n') });
    expect(stub.path).toBe('maps/TCP-IP.md');
    expect(stub.data['aliases']).toEqual(['TCP/IP?']);
    const after = pathOf({ 'maps/M.md': mapNote('- TCP/IP? (planned)\n'), [stub.path]: stub.text });
    expect(after.nodes.get('note:maps/TCP-IP.md')).toMatchObject({ state: 'stub', kind: 'guide' });
    expect(after.progress.planned.marker).toBe(0);
  });
});

describe('the stubs of the seed', () => {
  it('are written right before anybody has filled them', () => {
    const findings = plan({ [SEED]: seedText }).create.flatMap(({ title, text }) =>
      lintLab(scanCells(text), parseFrontmatter(text).data).map(({ message }) => `${title}: ${message}`),
    );
    expect(findings).toEqual([]);
  });
});

describe('a plan', () => {
  it('for the whole seed makes one note of every missing thing', () => {
    const { create, skipped } = plan({ [SEED]: seedText });
    expect(create).toHaveLength(43);
    expect(new Set(create.map(({ path }) => path)).size).toBe(43);
    expect(new Set(create.map(({ text }) => parseFrontmatter(text).data['uid'])).size).toBe(43);
    expect(skipped).toEqual([]);
  });

  it('written down leaves nothing planned', () => {
    const { create } = plan({ [SEED]: seedText });
    const texts = { [SEED]: seedText, ...Object.fromEntries(create.map(({ path, text }) => [path, text])) };
    expect(pathOf(texts).progress).toMatchObject({
      planned: { marker: 0, heading: 0 },
      unresolved: 0,
      written: 0,
      total: 40,
    });
    expect(plan(texts).create).toEqual([]);
  });

  it('can be narrowed to a MOC, a section or a title', () => {
    const texts = {
      'A.md': mapNote('## One\n\n- X (planned)\n- Y (planned)\n\n## Two\n\n- Z (planned)\n'),
      'B.md': mapNote('- W (planned)\n- [[X]]\n'),
    };
    const titles = (selection: StubSelection) => plan(texts, selection).create.map(({ title }) => title);
    expect(titles({ moc: 'B.md' })).toEqual(['X', 'W']);
    expect(titles({ section: 'A.md#section:One' })).toEqual(['X', 'Y']);
    expect(titles({ only: 'z' })).toEqual(['Z']);
  });

  it('never names an existing note, in whatever case the file system keeps it', () => {
    const texts = {
      'M.md': mapNote('- A/B (planned)\n- C (planned)\n'),
      'a-b.md': '',
      'other/C.md': '',
    };
    expect(plan(texts)).toEqual({
      create: [],
      skipped: [
        { title: 'A/B', reason: 'The note a-b.md exists already.', note: 'a-b.md' },
        { title: 'C', reason: 'The note other/C.md exists already.', note: 'other/C.md' },
      ],
    });
  });

  it('makes one file of titles that lead to the same, and both find it', () => {
    const texts = { 'M.md': mapNote('- A/B (planned)\n- A:B (planned)\n') };
    const { create, skipped } = plan(texts);
    expect(create.map(({ path }) => path)).toEqual(['A-B.md']);
    expect(parseFrontmatter(create[0]?.text ?? '').data['aliases']).toEqual(['A/B', 'A:B']);
    expect(skipped).toEqual([{ title: 'A:B', reason: 'It becomes the same file as "A/B".' }]);
  });

  it('makes one note of two that are the same thing, which both find', () => {
    const texts = { 'M.md': mapNote('- Lab - X (planned)\n- X (planned)\n') };
    const path = pathOf(texts);
    const [lab, other] = plannedNodes(path);
    if (!lab || !other) throw new Error('Two are planned.');
    expect(path.sameAs(lab)).toEqual([other]);
    const options = { path, notes: facts(texts), uid: () => 'u', now: '2026-01-01T00:00:00Z' };
    const { create } = planStubs([lab], { ...options, together: new Map([[lab.id, [other]]]) });
    const [stub] = create;
    const after = pathOf({ ...texts, [stub?.path ?? '']: stub?.text ?? '' });
    expect(after.nodes.size).toBe(path.nodes.size - 1);
    expect(stub?.places.map(({ row }) => row.title)).toEqual(['Lab - X', 'X']);
  });

  it('does not take two notes for one', () => {
    const path = pathOf({ 'M.md': mapNote('- [[Lab - X]]\n- [[X]]\n'), 'Lab - X.md': '', 'X.md': '' });
    expect([...path.nodes.values()].flatMap((node) => path.sameAs(node))).toEqual([]);
  });

  it('puts notes next to their MOC, in the folder given, or where their link says', () => {
    const texts = {
      'maps/M.md': mapNote('- A (planned)\n- [[labs/B]]\n- [[../C]]\n- [[./D]]\n- [[../../../E]]\n'),
    };
    const paths = (folder?: string) => plan(texts, {}, { folder }).create.map(({ path }) => path);
    expect(paths()).toEqual(['maps/A.md', 'labs/B.md', 'C.md', 'maps/D.md', 'E.md']);
    expect(paths('new')[0]).toBe('new/A.md');
  });
});
