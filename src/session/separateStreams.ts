import type { PipesChannel } from './channel';
import { MarkerScanner } from './scanner';
import { parseMarker } from './markers';

export type PipeStream = 'stdout' | 'stderr';

/**
 * Two pipes on the far side, in a folder that only the user may enter, and a script that copies them here for as long
 * as its own stdin is open. They outlive the cells: a background job keeps writing after its cell. No single quote and
 * no newline (see `commandIn`).
 */
export const pipesScript =
  'umask 077; d=$(mktemp -d) || exit 1; trap "rm -rf $d" EXIT; mkfifo $d/o $d/e || exit 1; ' +
  'exec 3<>$d/o 4<>$d/e; echo "LP1;$d"; cat <&3 & cat <&4 >&2 & read -r x; kill $(jobs -p)';

const longestGreeting = 4096;

export interface StreamSink {
  output(stream: PipeStream, bytes: Uint8Array): void;
  /** Both pipes are empty of what the awaited cell wrote, or will never be. */
  drained(): void;
}

/** stdout and stderr of a session's cells, read from the pipes of `pipesScript`. */
export class SeparateStreams {
  /** Resolves with the pipes' folder; rejects with an Error that says what came instead. */
  readonly folder: Promise<string>;
  alive = true;
  private greeting = '';
  private greeted: (folder: string) => void = () => undefined;
  private failed: (why: Error) => void = () => undefined;
  private readonly scanners: Record<PipeStream, MarkerScanner>;
  private nonce = '';
  /** The pipes on which the end of that cell has been seen. */
  private readonly ended = new Set<PipeStream>();

  constructor(
    private readonly channel: PipesChannel,
    private readonly sink: StreamSink,
  ) {
    this.folder = new Promise((resolve, reject) => {
      this.greeted = resolve;
      this.failed = reject;
    });
    this.scanners = { stdout: this.scanner('stdout'), stderr: this.scanner('stderr') };
    channel.listen({
      onData: (stream, bytes) => this.take(stream, bytes),
      onClose: () => this.close(),
    });
  }

  /** The cell with this nonce is about to write. */
  await(nonce: string): void {
    this.nonce = nonce;
    this.ended.clear();
  }

  pause(): void {
    this.channel.pause();
  }

  resume(): void {
    this.channel.resume();
  }

  close(): void {
    if (!this.alive) return;
    this.alive = false;
    this.failed(new Error(this.greeting.trim() || 'Its pipes could not be made.'));
    this.channel.close();
    for (const scanner of Object.values(this.scanners)) scanner.end();
    // What is still in the pipes will never come.
    this.sink.drained();
  }

  private take(stream: PipeStream, bytes: Uint8Array): void {
    if (this.greeting.startsWith('LP1;') && this.greeting.includes('\n')) {
      this.scanners[stream].push(bytes);
      return;
    }
    this.greeting += new TextDecoder().decode(bytes);
    const [, folder] = /^LP1;(\/[\w./-]+)\n$/.exec(this.greeting) ?? [];
    if (folder !== undefined) this.greeted(folder);
    else if (stream === 'stderr' || this.greeting.length > longestGreeting) this.close();
  }

  private scanner(stream: PipeStream): MarkerScanner {
    return new MarkerScanner({
      data: (bytes) => this.sink.output(stream, bytes),
      marker: (body) => {
        const marker = parseMarker(body);
        if (marker?.type !== 'drained' || marker.nonce !== this.nonce) return false;
        this.ended.add(stream);
        if (this.ended.size === 2) this.sink.drained();
        return true;
      },
    });
  }
}
