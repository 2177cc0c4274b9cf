import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { PipesChannel, PipesListener } from '../session/channel';
import { plainBytes } from './plainBytes';

/** A command without a terminal behind the system's ssh, its streams apart. */
export class SystemPipes implements PipesChannel {
  constructor(private readonly child: ChildProcessWithoutNullStreams) {}

  listen(listener: PipesListener): void {
    const { child } = this;
    child.on('close', () => listener.onClose());
    child.stdout.on('data', (bytes: Uint8Array) => listener.onData('stdout', plainBytes(bytes)));
    child.stderr.on('data', (bytes: Uint8Array) => listener.onData('stderr', plainBytes(bytes)));
  }

  pause(): void {
    this.child.stdout.pause();
    this.child.stderr.pause();
  }

  resume(): void {
    this.child.stdout.resume();
    this.child.stderr.resume();
  }

  close(): void {
    this.resume();
    this.child.stdin.end();
    this.child.kill();
  }
}
