/**
 * What a live session saves and what it costs, beside OpenSSH and org-babel on the same server in the same run.
 * Run: `npm run bench -- session [cells] [delay] [output] [memory] [sizes] [rivals]`; without a part, all of them.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Session } from '../src/runs/contract';
import { freshAddress, poolOf, targetOf } from '../test/support/shell';
import { startSshd, type TestSshd } from '../test/support/sshd';
import { delayProxy } from './session/delayProxy';
import { median, ms, say, sideBySide, timed, times } from './session/measure';
import { orgBabelTimes } from './session/orgBabel';
import { controlMaster, drain, drainSsh, ssh, sshArguments } from './session/ssh';

const flood = 200_000_000;
const trivial = 'echo hi';

const parts = {
  /** A trivial cell; and how long it takes until there is a session. */
  async cells(sshd: TestSshd): Promise<void> {
    const connecting: number[] = [];
    const opening: number[] = [];
    for (let round = 0; round < 7; round++) {
      const pool = poolOf(sshd);
      connecting.push(await timed(() => pool.open(freshAddress())));
      opening.push(await timed(() => pool.open(freshAddress())));
      pool.closeAll();
    }
    await withSession(sshd, async (session) => {
      const plain = sshArguments(sshd);
      const master = await controlMaster(plain, join(sshd.dir, 'control'));
      const found = await sideBySide(15, {
        cell: () => drain(session, trivial),
        separate: () => drain(session, trivial, { separateStreams: true }),
        master: () => ssh(master.args, trivial),
        fresh: () => ssh(plain, trivial),
      });
      await master.close();
      say(`a trivial cell: ${ms(found.cell)} (tty=false ${ms(found.separate)})`);
      say(`  against ssh with ControlMaster, ${ms(found.master)}: ${times(found.cell / found.master)}`);
      say(`  against a fresh ssh, ${ms(found.fresh)}: ${times(found.cell / found.fresh)}`);
      say(
        `first session, with connecting: ${ms(median(connecting))}, ${times(median(connecting) / found.fresh)} of a fresh ssh`,
      );
      say(`a further session: ${ms(median(opening))}`);
    });
  },

  /** The same where a round trip takes 50 ms. */
  async delay(sshd: TestSshd): Promise<void> {
    const roundTrip = 50;
    const proxy = await delayProxy(sshd.port, roundTrip / 2);
    const plain = sshArguments(sshd, proxy.port);
    await withSession(
      sshd,
      async (session) => {
        const master = await controlMaster(plain, join(sshd.dir, 'slow'));
        const found = await sideBySide(11, {
          cell: () => drain(session, trivial),
          master: () => ssh(master.args, trivial),
          fresh: () => ssh(plain, trivial),
        });
        await master.close();
        const over = found.cell - roundTrip;
        say(`with a round trip of ${roundTrip} ms a trivial cell: ${ms(found.cell)}, ${ms(over)} over it`);
        say(`  against ssh with ControlMaster, ${ms(found.master)}: ${times(found.cell / found.master)}`);
        say(`  against a fresh ssh, ${ms(found.fresh)}: ${times(found.cell / found.fresh)}`);
      },
      proxy.port,
    );
    proxy.close();
  },

  /** 200 MB of lines, in rates. */
  async output(sshd: TestSshd): Promise<void> {
    const file = withFlood();
    await withSession(sshd, async (session) => {
      const plain = sshArguments(sshd);
      const cat = `cat ${file}`;
      const found = await sideBySide(5, {
        pipes: () => drain(session, cat, { separateStreams: true }),
        ssh: () => drainSsh(plain, cat),
        terminal: () => drain(session, cat),
        sshTerminal: () => drainSsh(['-tt', ...plain], cat),
      });
      const rate = (time: number): string => `${(flood / 1000 / time).toFixed(0)} MB/s`;
      say(
        `200 MB with tty=false: ${rate(found.pipes)}, ssh host cat ${rate(found.ssh)}: ${times(found.ssh / found.pipes)} its rate`,
      );
      say(
        `200 MB on the terminal: ${rate(found.terminal)}, ssh -tt ${rate(found.sshTerminal)}: ${times(found.sshTerminal / found.terminal)} its rate`,
      );
    });
    rmSync(file);
  },

  /** How far 1 GB through a cell makes this process grow. */
  async memory(sshd: TestSshd): Promise<void> {
    const file = withFlood();
    await withSession(sshd, async (session) => {
      const cat = `for i in 1 2 3 4 5; do cat ${file}; done`;
      for (const separateStreams of [true, undefined] as const) {
        const how = separateStreams === true ? { separateStreams } : {};
        await drain(session, trivial, how);
        const before = process.memoryUsage().rss;
        let most = before;
        await drain(session, cat, how, () => (most = Math.max(most, process.memoryUsage.rss())));
        say(
          `1 GB ${separateStreams === true ? 'with tty=false' : 'on the terminal'}: the process grew by at most ${((most - before) / 1e6).toFixed(0)} MB`,
        );
      }
    });
    rmSync(file);
  },

  /** Cells of many bytes that do next to nothing. */
  async sizes(sshd: TestSshd): Promise<void> {
    await withSession(sshd, async (session) => {
      const source = (bytes: number): string =>
        `: # ${'x'.repeat(95)}\n`.repeat(Math.floor(bytes / 100)).slice(0, 1024 * 1024);
      const found = await sideBySide(5, {
        '10 kB': () => drain(session, source(10_000)),
        '100 kB': () => drain(session, source(100_000)),
        '1 MB': () => drain(session, source(1_000_000)),
      });
      for (const [size, time] of Object.entries(found)) say(`a cell of ${size}: ${ms(time)}`);
    });
  },

  /** Ten cells one after another, as different tools run them. */
  async rivals(sshd: TestSshd): Promise<void> {
    const cells = Array.from({ length: 10 }, (_, index) => `X=${index}; echo "cell $X"`);
    const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
    await withSession(sshd, async (session) => {
      const plain = sshArguments(sshd);
      const found = await sideBySide(5, {
        session: async () => {
          for (const cell of cells) await drain(session, cell);
        },
        bash: async () => {
          for (const cell of cells) await drainSsh(plain, 'bash -s', cell);
        },
      });
      say(`ten cells: ${ms(found.session)} in a session that is open`);
      say(`  ssh host bash -s for each, ${ms(found.bash)}: ${times(found.session / found.bash)}`);
      try {
        const rounds: number[][] = [];
        for (let round = 0; round < 3; round++) rounds.push(await orgBabelTimes(sshd, cells));
        // The first cell of org-babel connects; a session that is open has done that.
        const warm = median(rounds.map(([, ...rest]) => (sum(rest) / rest.length) * cells.length));
        const first = median(rounds.map(([time = NaN]) => time));
        say(
          `  org-babel, ${ms(warm)} when connected (its first cell ${ms(first)}): ${times(found.session / warm)}`,
        );
      } catch (error) {
        say(
          `  org-babel: not measured, ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`,
        );
      }
    });
  },
};

/** A file of lines in memory, for whoever reads it. */
function withFlood(): string {
  const file = `/dev/shm/labpath-bench-${process.pid}`;
  writeFileSync(file, `${'x'.repeat(79)}\n`.repeat(flood / 80));
  return file;
}

async function withSession(
  sshd: TestSshd,
  work: (session: Session) => Promise<void>,
  port: number = sshd.port,
): Promise<void> {
  const target = targetOf(sshd, { port, hostKeyAlias: `[127.0.0.1]:${sshd.port}` });
  const pool = poolOf(sshd, { resolveHost: () => Promise.resolve(target) });
  try {
    const session = await pool.open(freshAddress());
    for (let round = 0; round < 20; round++) await drain(session, trivial);
    await work(session);
  } finally {
    pool.closeAll();
  }
}

const wanted = process.argv.slice(2);
const sshd = await startSshd();
try {
  for (const [name, part] of Object.entries(parts)) {
    if (wanted.length === 0 || wanted.includes(name)) await part(sshd);
  }
} finally {
  await sshd.stop();
}
