import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Io } from './command';

/** The real process, as commands may touch it. */
export function processIo(): Io {
  // A reader that has seen enough (`labpath … | head`): end as a program does that SIGPIPE ended, without a message.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(141);
    throw error;
  });
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    ask,
    onInterrupt(listener) {
      process.on('SIGINT', listener);
      return () => process.off('SIGINT', listener);
    },
    isTerminal: process.stdout.isTTY,
    cwd: process.cwd(),
    env: process.env,
  };
}

/** Ends the process once all is written: a closed connection's last timers are nothing to wait for. */
export async function finish(status: number): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((resolve) => void stream.write('', () => resolve()));
  }
  process.exit(status);
}

/** Questions go to stderr: stdout may be read by a program. */
async function ask(question: string, { secret = false } = {}): Promise<string | null> {
  if (!process.stdin.isTTY) return null;
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({
    input: process.stdin,
    output: secret ? nowhere : process.stderr,
    terminal: true,
  });
  try {
    return await new Promise<string | null>((resolve) => {
      lines.once('line', resolve);
      // ^D and ^C end the question without an answer.
      lines.once('close', () => resolve(null));
      lines.once('SIGINT', () => lines.close());
    });
  } finally {
    lines.close();
    if (secret) process.stderr.write('\n');
  }
}
