import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemError } from '../../src/base/problem';
import type { Command } from '../../src/cli/command';
import { graphCommand } from '../../src/cli/graph';
import { pathCommand } from '../../src/cli/path';
import { stubsCommand } from '../../src/cli/stubs';

const SEED = 'MOC - Hands-on Container Labs.md';
let dir: string;
let env: Record<string, string>;
beforeEach(async () => {
  env = {};
  dir = await mkdtemp(join(tmpdir(), 'labpath-cli-'));
  await cp('test/fixtures/seed-vault', dir, { recursive: true });
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function run(command: Command, ...args: string[]) {
  let out = '';
  let err = '';
  const status = await command.run(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    cwd: dir,
    env,
  });
  return { status, out, err };
}
async function json(command: Command, ...args: string[]): Promise<unknown> {
  return JSON.parse((await run(command, ...args, '--json')).out) as unknown;
}
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: unknown) => (error instanceof ProblemError ? error.message : `not a problem: ${String(error)}`),
  );

describe('labpath path', () => {
  it('counts the seed in a sentence and in JSON', async () => {
    const { status, out, err } = await run(pathCommand, '.');
    expect(out).toContain(
      '15 marked planned, 9 under a planned heading, 12 steps in 3 tracks, 8 unresolved notes',
    );
    expect(status).toBe(0);
    expect(err).toMatch(
      /^Warning: .*: The headings on lines 31, 38, 45, 52 stand in a broken encoding\..*\n$/,
    );
    expect(await json(pathCommand, dir)).toMatchObject({
      mocs: [{ path: SEED, title: 'MOC - Hands-on Container Labs', tracks: [{}, {}, {}] }],
      progress: { planned: { marker: 15, heading: 9 }, unresolved: 8, steps: 12, tracks: 3 },
      warnings: [{ what: expect.stringContaining('broken encoding') as string }],
    });
  });

  it('says what a lab needs beyond a sandbox, or what the lab machine is known to lack', async () => {
    const frontmatter = 'lab_env: cluster\nlab_requires: [tool/kubectl]\nstatus: ready\nuid: x';
    await writeFile(
      join(dir, 'X.md'),
      `---\n${frontmatter}\n---\n\nText of more than a stub, a few words.\n`,
    );
    await writeFile(join(dir, 'M.md'), '---\ntype: map\n---\n\n- [[X]]\n');
    expect((await run(pathCommand, '.')).out).toContain(
      'X [ready, needs a Kubernetes cluster that its kubectl reaches]',
    );
    // A host of the user, of which was found out when it was adopted what it offers.
    const folder = join(dir, '.state/labpath/lab');
    await mkdir(folder, { recursive: true });
    const host = { kind: 'host', name: 'lab', destination: 'me@example', adoptedAt: 'then' };
    await writeFile(join(folder, 'adopted.json'), JSON.stringify(host));
    await writeFile(join(folder, 'capabilities'), 'then\nboot 1\nkernel Linux 6.1\ncluster\n');
    env = { XDG_STATE_HOME: join(dir, '.state') };
    expect((await run(pathCommand, '.')).out).toContain('X [ready, blocked by the program kubectl]');
  });

  it('ends with 1 when a note could not be read, having shown the rest', async () => {
    await writeFile(join(dir, 'bad.md'), Uint8Array.of(0xff));
    const { status, out, err } = await run(pathCommand, '.');
    expect(status).toBe(1);
    expect(out).toContain('15 marked planned');
    expect(err).toContain('The note bad.md is not UTF-8 text.');
  });

  it.each([
    [['nowhere'], 'There is no folder'],
    [[SEED], 'is a file, not a vault.'],
    [[], 'Which vault is meant is missing.'],
    [['.', 'x'], '"x" is too much'],
    [['.', '--nope'], 'Usage: labpath path'],
  ])('refuses %j', async (args, message) => {
    expect(await refusal(run(pathCommand, ...args))).toContain(message);
  });
});

describe('labpath graph', () => {
  it('gives nodes, edges and lanes, or a flowchart', async () => {
    const graph = JSON.parse((await run(graphCommand, '.')).out) as { nodes: unknown[]; lanes: unknown[] };
    expect([graph.nodes.length, graph.lanes.length]).toEqual([44, 11]);
    const { out } = await run(graphCommand, '.', '--format', 'mermaid');
    expect(out).toMatch(/^flowchart LR\n {2}subgraph t0\["Beginner Track"\]\n/);
    expect(JSON.parse((await run(graphCommand, '.', '--json')).out)).toEqual(graph);
    expect(await refusal(run(graphCommand, '.', '--json', '--format', 'svg'))).toContain('contradict');
    expect(await refusal(run(graphCommand, '.', '--format', 'dot'))).toContain('There is no format "dot".');
  });

  it('gives a picture and a page of their own, every title escaped', async () => {
    await writeFile(join(dir, 'X.md'), '---\ntype: map\n---\n- <script>"&\u0007 (planned)\n');
    const svg = (await run(graphCommand, '.', '--format', 'svg')).out;
    expect(svg.match(/<g><title>/g)).toHaveLength(46);
    expect(svg).toContain('&#60;script&#62;&#34;&#38;: Planned');
    const html = (await run(graphCommand, '.', '--format', 'html')).out;
    expect(html).toContain(svg);
    expect(html).not.toMatch(/<script|https?:(?!\/\/www\.w3\.org\/2000\/svg)/);
  });
});

describe('labpath stubs', () => {
  const moc = () => readFile(join(dir, SEED), 'utf8');

  it('previews and writes nothing', async () => {
    const { status, out } = await run(stubsCommand, '.');
    expect(status).toBe(0);
    expect(out).toContain('43 notes would be created:');
    expect(out).toContain('Nothing was written.');
    expect(out.match(/^“.*” may be one thing\./gm)).toEqual([
      '“Implement simple CNI plugin” and “Lab - Implement Simple CNI Plugin” may be one thing.',
    ]);
    expect(await json(pathCommand, '.')).toMatchObject({ progress: { planned: { marker: 15 } } });
  });

  it('creates one note, leaves the MOC alone, and the next time says that it exists', async () => {
    const before = await moc();
    const title = 'DNS resolution issues';
    expect(await json(stubsCommand, '.', '--only', title, '--write')).toMatchObject({
      create: [{ path: `${title}.md`, title, kind: 'debug' }],
      skipped: [],
      written: [`${title}.md`],
      linked: [],
    });
    expect(await moc()).toBe(before);
    const text = await readFile(join(dir, `${title}.md`), 'utf8');
    expect(await json(stubsCommand, '.', '--only', title, '--write')).toMatchObject({
      create: [],
      skipped: [{ title, reason: `The note ${title}.md exists already.` }],
      written: [],
    });
    expect(await readFile(join(dir, `${title}.md`), 'utf8')).toBe(text);
  });

  it('tells many notes that exist as a number', async () => {
    await run(stubsCommand, '.', '--write');
    await writeFile(join(dir, SEED), `${await moc()}- Odd/name (planned)\n- Odd:name (planned)\n`);
    const { out } = await run(stubsCommand, '.');
    expect(out).toMatch(/^Skipped \d\d planned notes that exist already; --json names them\.$/m);
    expect(out).not.toContain('exists already');
    expect(out).toContain('It becomes the same file as "Odd/name".');
  });

  it('links the rows when asked, the item and the step', async () => {
    await writeFile(join(dir, SEED), `${await moc()}- Performance tuning\n`);
    await run(stubsCommand, '.', '--only', 'performance tuning', '--write', '--link');
    const after = await moc();
    expect(after).toContain('3. **[[Performance tuning]]** - Large-scale optimization\n');
    expect(after).toMatch(/- \[\[Performance tuning\]\]\n$/);
  });

  it('can be narrowed to a MOC by its title', async () => {
    await writeFile(join(dir, 'Other.md'), '---\ntype: map\ntitle: The other\n---\n\n- X (planned)\n');
    expect(await json(stubsCommand, '.', '--moc', 'the other')).toMatchObject({ create: [{ title: 'X' }] });
    expect(await refusal(run(stubsCommand, '.', '--moc', 'none'))).toContain('There is no MOC "none".');
  });

  it('refuses what it cannot do', async () => {
    expect(await refusal(run(stubsCommand, '.', '--link'))).toContain('it needs --write');
    expect(await refusal(run(stubsCommand, '.', '--only', 'X'))).toContain('Nothing planned is called "X".');
    for (const folder of ['../out', '/tmp', 'a/../../b', 'C:\\x']) {
      const refused = await refusal(run(stubsCommand, '.', '--folder', folder));
      expect(refused).toContain(`${folder} is not a path inside the vault.`);
    }
  });

  it('uses the templates of a folder of the vault', async () => {
    await mkdir(join(dir, 'tpl'));
    await writeFile(join(dir, 'tpl/Debug.md'), '---\ntitle: {{title}}\n---\n\n{{moc}} › {{section}}\n');
    const planned = await json(stubsCommand, '.', '--only', 'DNS resolution issues', '--templates', 'tpl');
    expect(planned).toMatchObject({
      create: [
        {
          text: expect.stringContaining(
            '---\ntitle: DNS resolution issues\n---\n\n[[MOC - Hands-on',
          ) as unknown,
        },
      ],
    });
    expect(await refusal(run(stubsCommand, '.', '--templates', 'nope'))).toContain('no templates in nope');
  });
});
