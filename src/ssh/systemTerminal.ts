import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { utf8Text } from '../session/bytes';
import type { ChannelEnd, ChannelListener, ShellChannel } from '../session/channel';
import { plainBytes } from './plainBytes';

/** What ssh itself exits with when it, and not the command, failed; a command may do so, too. */
export const sshFailed = 255;

/** A terminal on the far side behind `ssh -tt`. */
export class SystemTerminal implements ShellChannel {
  private closing = false;
  private said = '';

  constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    /** Why the connection is gone; null when it stands. */
    private readonly whyLost: () => Promise<string | null>,
  ) {}

  listen(listener: ChannelListener): void {
    const { child } = this;
    child.stdout.on('data', (bytes: Uint8Array) => listener.onData(plainBytes(bytes)));
    child.stderr.on('data', (bytes: Uint8Array) => {
      this.said = utf8Text(bytes).trim();
    });
    child.on('close', (exitStatus) => void this.end(exitStatus).then((end) => listener.onClose(end)));
  }

  write(bytes: Uint8Array): void {
    if (this.child.stdin.writable) this.child.stdin.write(bytes);
  }

  pause(): void {
    this.child.stdout.pause();
  }

  resume(): void {
    this.child.stdout.resume();
  }

  /** ssh has no terminal on this side whose size it could pass on. */
  resize(): 'not told' {
    return 'not told';
  }

  close(): void {
    this.closing = true;
    this.child.kill();
    this.resume();
  }

  private async end(exitStatus: number | null): Promise<ChannelEnd> {
    const lost = { exitStatus: null, signal: null };
    if (this.closing || exitStatus === null) return { ...lost, reason: '' };
    if (exitStatus !== sshFailed) return { exitStatus, signal: null, reason: '' };
    const reason = await this.whyLost();
    if (reason === null) return { exitStatus, signal: null, reason: '' };
    return { ...lost, reason: (reason || this.said).replace(/\.$/, '') };
  }
}
