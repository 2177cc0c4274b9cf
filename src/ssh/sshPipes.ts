import type { ClientChannel } from 'ssh2';
import type { PipesChannel, PipesListener } from '../session/channel';
import { plainBytes } from './plainBytes';

/** An ssh2 channel without a terminal, as the session layer wants it for separate streams. */
export class SshPipes implements PipesChannel {
  constructor(private readonly stream: ClientChannel) {}

  listen(listener: PipesListener): void {
    const { stream } = this;
    stream.on('error', () => undefined); // the close that follows is what counts
    stream.on('close', () => listener.onClose());
    stream.on('data', (bytes: Uint8Array) => listener.onData('stdout', plainBytes(bytes)));
    stream.stderr.on('data', (bytes: Uint8Array) => listener.onData('stderr', plainBytes(bytes)));
  }

  pause(): void {
    this.stream.pause();
    this.stream.stderr.pause();
  }

  resume(): void {
    this.stream.resume();
    this.stream.stderr.resume();
  }

  close(): void {
    this.resume(); // a paused stream never ends
    this.stream.end();
    this.stream.close();
  }
}
