/**
 * The path of vaults of 1,000, 10,000 and 100,000 notes: a cold build against reading every file once, and what one
 * change costs in processor time. Run: `npm run bench -- path [SIZE…]`
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMoc, parseMoc } from '../src/moc/parse';
import { PathModel } from '../src/path/pathModel';
import { readNoteFacts } from '../src/path/readFacts';
import { openVaultPath } from '../src/vault/openPath';
import { optional } from './optional';
import { mocText, noteName, noteText, vaultNotes, writeVault } from './vaults';

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1_000, 10_000, 100_000];
const RUNS = 3;

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** MarkdownDB (npm, mddb), which indexes a folder of notes into SQLite: the work of one cold build of another kind. */
interface MarkdownDb {
  readonly MarkdownDB: new (options: { client: string; connection: { filename: string } }) => {
    init(): Promise<unknown>;
    indexFolder(options: { folderPath: string }): Promise<unknown>;
    _destroyDb(): void;
  };
}

const mddb = optional('mddb') as MarkdownDb | null;

/** Its time grows faster than the number of notes: ten times as many took more than twenty times as long. */
const MOST_FOR_MDDB = 10_000;

async function indexByMddb(dir: string, count: number): Promise<number | null> {
  if (mddb === null) return null;
  if (count > MOST_FOR_MDDB) {
    show(`  mddb is left out above ${MOST_FOR_MDDB} notes: it would take hours`);
    return null;
  }
  const store = await mkdtemp(join(tmpdir(), 'labpath-mddb-'));
  const home = process.cwd();
  // It also leaves files where one stands.
  process.chdir(store);
  const client = new mddb.MarkdownDB({
    client: 'sqlite3',
    connection: { filename: join(store, 'index.db') },
  });
  try {
    await client.init();
    return await timed(() => client.indexFolder({ folderPath: dir }));
  } finally {
    client._destroyDb();
    process.chdir(home);
    await rm(store, { recursive: true });
  }
}

/** Milliseconds of processor time: what other programs do on the machine does not count. */
function busy(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

function show(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function coldBuild(count: number): Promise<void> {
  const dir = await writeVault(count);
  try {
    const builds: number[] = [];
    const cats: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      cats.push(
        await timed(() =>
          execFileSync('sh', ['-c', 'find . -name "*.md" -print0 | xargs -0 cat >/dev/null'], { cwd: dir }),
        ),
      );
      builds.push(await timed(() => openVaultPath(dir)));
    }
    const [build, cat] = [median(builds), median(cats)];
    show(
      `${count} notes: cold build ${build.toFixed(0)} ms (${((build * 1000) / count).toFixed(0)} µs a note), cat ${cat.toFixed(0)} ms, ratio ${(build / cat).toFixed(1)}`,
    );
    const other = await indexByMddb(dir, count);
    if (other !== null) {
      show(`  mddb indexes it in ${other.toFixed(0)} ms, ${(other / build).toFixed(1)} times as long`);
    }
  } finally {
    await rm(dir, { recursive: true });
  }
}

function filled(count: number): PathModel {
  const model = new PathModel();
  for (const [path, text] of vaultNotes(count)) put(model, path, text);
  model.settle();
  return model;
}

function put(model: PathModel, path: string, text: string): void {
  const facts = readNoteFacts(path, text);
  model.setNote(facts, isMoc(facts.frontmatter) ? parseMoc(text, path) : null);
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes in use after a collection. */
function collected(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

function changes(count: number): void {
  const before = collected();
  const model = filled(count);
  const heap = (collected() - before) / 2 ** 20;
  const cases: Record<string, (i: number) => void> = {
    'words of a note': (i) => put(model, `f${i}/${noteName(i)}.md`, `${noteText(i)}${i}`),
    'status of a note': (i) => put(model, `f${i}/${noteName(i)}.md`, noteText(i, 'retired')),
    'an alias of a note': (i) => put(model, `f${i}/${noteName(i)}.md`, noteText(i).replace('Alias', 'Other')),
    'a row of a MOC': (i) => put(model, `maps/Map ${i % 10}.md`, `${mocText(i % 10)}- New ${i} (planned)\n`),
    'a note deleted': (i) => model.removeNote(`f${i}/${noteName(i)}.md`),
    'a note created': (i) => put(model, `f${i}/${noteName(i)}.md`, noteText(i)),
  };
  for (const [name, change] of Object.entries(cases)) {
    const times: number[] = [];
    for (let i = 1; i <= 80; i++) {
      times.push(
        busy(() => {
          change(i);
          model.settle();
        }),
      );
    }
    show(`  ${name}: median ${median(times).toFixed(2)} ms, slowest ${Math.max(...times).toFixed(2)} ms`);
  }
  show(`  heap of the path: ${heap.toFixed(0)} MiB, ${((heap * 1024) / count).toFixed(2)} KiB a note`);
}

const cold = !process.env['LABPATH_BENCH_CHANGES'];
for (const count of sizes) {
  if (cold) await coldBuild(count);
  changes(count);
}
