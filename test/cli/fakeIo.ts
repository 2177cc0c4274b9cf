import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Io } from '../../src/cli/command';

/** Everything a command prints, and answers for what it asks. */
export class FakeIo implements Io {
  stdout = '';
  stderr = '';
  readonly asked: string[] = [];
  answer: string | null = null;
  isTerminal = true;
  interrupt: () => void = () => undefined;
  readonly env: Record<string, string | undefined> = {};

  constructor(readonly cwd = '/') {}

  out(text: string): void {
    this.stdout += text;
  }

  err(text: string): void {
    this.stderr += text;
  }

  ask(question: string): Promise<string | null> {
    this.asked.push(question);
    return Promise.resolve(this.answer);
  }

  onInterrupt(listener: () => void): () => void {
    this.interrupt = listener;
    return () => (this.interrupt = () => undefined);
  }

  /** The JSON objects on stdout, one a line. */
  get objects(): Record<string, unknown>[] {
    return this.stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }
}

/** A folder with one note, `note.md`. */
export function noteFolder(text: string): { dir: string; remove: () => void } {
  const dir = mkdtempSync(join(tmpdir(), 'labpath-note-'));
  writeFileSync(join(dir, 'note.md'), text);
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
