/** A program of its own that runs one cell and prints its output and how it ended, so that a test can freeze it. */
import process from 'node:process';
import type { HostTarget } from '../../src/ssh/target';
import { SessionPool } from '../../src/ssh/pool';
import { nodeClock } from '../support/nodeClock';
import { freshAddress, outcomeOf, unasked } from '../support/shell';

const [target = '', source = ''] = process.argv.slice(2);
const pool = new SessionPool({
  clock: nodeClock,
  resolveHost: () => Promise.resolve(JSON.parse(target) as HostTarget),
  prompts: unasked,
  profile: 'none',
});
const session = await pool.open(freshAddress());
process.stdout.write('open\n');
const { end, text } = await outcomeOf(session.run({ source }));
process.stdout.write(`${JSON.stringify({ end, text })}\n`);
pool.closeAll();
