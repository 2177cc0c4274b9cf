import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseFrontmatter, textList } from '../../src/markdown/frontmatter';
import { dispatch } from '../../src/cli/dispatch';
import { FakeIo } from '../cli/fakeIo';

/** What `labpath verify --json` says of one lab. */
interface Said {
  readonly title: string;
  readonly verdict: string;
  readonly lies: readonly { readonly kind: string; readonly cell: string | null; readonly seen: string }[];
}

const LIARS = path.resolve(import.meta.dirname, '../liars');
const names = readdirSync(LIARS).map((file) => path.basename(file, '.md'));
/** Each lab's frontmatter owns up to its lies, as `kind cell`. */
const liesOf = (name: string) =>
  textList(parseFrontmatter(readFileSync(path.join(LIARS, `${name}.md`), 'utf8')).data['lies']).sort();

async function verify(
  ...args: string[]
): Promise<{ status: number; said: Said[]; out: string; err: string }> {
  const io = new FakeIo(LIARS);
  Object.assign(io.env, process.env);
  const status = await dispatch(['verify', ...args], io);
  const said = args.includes('--json')
    ? io.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Said)
    : [];
  return { status, said, out: io.stdout, err: io.stderr };
}
const found = ({ lies }: Said) => [...new Set(lies.map(({ kind, cell }) => `${kind} ${cell}`))].sort();

describe('the prover', () => {
  let said: Map<string, Said>;
  let status: number;
  beforeAll(async () => {
    const proved = await verify('.', '--json', '--jobs', '4');
    status = proved.status;
    said = new Map(proved.said.map((each) => [each.title, each]));
  }, 400_000);

  // A check that fails every third time is not always met at its third.
  it.each(names.filter((name) => !['check-flaky', 'honest'].includes(name)))(
    'names the lie of %s, and no other',
    (name) => {
      const lab = said.get(name);
      expect(lab?.verdict).toBe('refuted');
      expect(lab && found(lab), JSON.stringify(lab?.lies, null, 1)).toEqual(liesOf(name));
    },
  );

  it('finds nothing in a lab that tells the truth', () => {
    expect(said.get('honest')).toMatchObject({ verdict: 'proved', lies: [] });
  });

  it('succeeds only if every lab holds', () => {
    expect(status).toBe(1);
  });

  it('names everything that was left behind, of whatever kind', () => {
    const seen = said.get('leak')?.lies[0]?.seen ?? '';
    for (const thing of [
      ...[
        'link liar0',
        'address lo 192.0.2.7/32',
        'route blackhole 198.51.100.0/24',
        'rule 77:',
        '-A FORWARD -s 192.0.2.7',
      ],
      ...[
        'namespace liar',
        'mount /mnt/liar',
        'process sleep 86411',
        'file /run/liar',
        'content /etc/hosts',
        'rp_filter:2',
      ],
    ]) {
      expect(seen.replace(/ +/g, ' '), seen).toContain(thing);
    }
  });
});

describe('the prover, asked to look more than once', () => {
  it('finds a flaky check, and says how often it passed', async () => {
    const { status, out } = await verify('check-flaky.md', '--repeat', '3');
    expect(status).toBe(1);
    expect(out).toContain('A check is flaky (line 19)');
    expect(out).toMatch(/It passed [12] of 3 times/);
  }, 120_000);
});

describe('a person who waits for the prover', () => {
  it('is told on stderr which part is being tried, and a program is not', async () => {
    const told = await verify('honest.md', '--jobs', '1');
    expect(told.err.split('\n')).toEqual([
      'honest, 1 of 3: the lab as a whole …',
      'honest, 2 of 3: fault no-a …',
      'honest, 3 of 3: fault no-b …',
      '',
    ]);
    expect((await verify('honest.md', '--json')).err).toBe('');
  }, 120_000);
});

describe('a lab that this machine cannot hold', () => {
  it('is blocked, with what is missing, and fails the run unless that is allowed', async () => {
    const note = path.resolve(import.meta.dirname, 'blocked.md');
    const blocked = await verify(note);
    expect(blocked.status).toBe(1);
    expect(blocked.out).toContain('blocked; this machine lacks tool/no-such-tool, kernel/no_such_module.');
    expect((await verify(note, '--allow-blocked')).status).toBe(0);
  }, 60_000);

  it('is left out without a machine when it needs a cluster, which no machine of ours holds', async () => {
    const { status, out, err } = await verify(path.resolve(import.meta.dirname, 'cluster.md'));
    expect(out).toContain('left out; it is for another machine (lab_env: cluster).');
    expect(out).toContain('Prove it on one that reaches a cluster: --lab-machine host --host NAME.');
    expect([status, err]).toEqual([0, '']);
  }, 60_000);
});

describe('the receipt of a lab', () => {
  it('is written with --write, linked from the lab, and lost when the lab no longer holds', async () => {
    const vault = mkdtempSync(path.join(tmpdir(), 'labpath-receipts-'));
    try {
      const note = path.join(vault, 'Labs', 'Honest.md');
      mkdirSync(path.dirname(note));
      const text = readFileSync(path.join(LIARS, 'honest.md'), 'utf8');
      writeFileSync(note, text.replace('lab_env', 'status: ready\nlab_env'));
      expect((await verify(vault, '--write')).status).toBe(0);
      const { data } = parseFrontmatter(readFileSync(note, 'utf8'));
      expect(data).toMatchObject({ status: 'verified', source_of_truth: ['[[Receipt - Honest]]'] });
      const receipt = readFileSync(path.join(vault, 'Receipts', 'Receipt - Honest.md'), 'utf8');
      expect(receipt).toContain(`kernel: "${execFileSync('uname', ['-sr'], { encoding: 'utf8' }).trim()}"`);
      expect(receipt).toContain('| fault `no-a` | fail | pass | pass |');

      writeFileSync(
        path.join(vault, 'Receipts', 'Receipt - Honest.md'),
        receipt.replace(/kernel: .*/, 'kernel: "Linux 5.10"'),
      );
      writeFileSync(note, readFileSync(note, 'utf8').replace('rm /run/liar/b', 'true'));
      const again = await verify(vault, '--write');
      expect(again.out).toMatch(
        /Since the receipt of \d{4}-\d\d-\d\d: The kernel was Linux 5\.10, and now is/,
      );
      expect(parseFrontmatter(readFileSync(note, 'utf8')).data['status']).toBe('ready');
    } finally {
      rmSync(vault, { recursive: true });
    }
  }, 120_000);
});
