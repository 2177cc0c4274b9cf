import type { Front } from '../runs/contract';
import type { ControlExec } from './channel';
import type { CancelTimer, Clock } from './clock';
import { readStat } from './control';

/** A program that prints nothing for so long may wait for somebody; milliseconds. The second look is for slow starts. */
const quiet = [700, 3000] as const;

const shells = /^(ba|da|a|z|k|mk|fi|c|tc)?sh$/;
/** Programs that put the terminal through to another shell. */
const passages = /^(ssh|sudo|su|docker|podman|nerdctl|crictl|kubectl|nsenter|chroot|machinectl|lxc|busybox)$/;

/** Looks who waits in the terminal whenever a cell has been quiet for a while, and reports each change. */
export class FrontWatch {
  private cancel: CancelTimer = () => undefined;
  private touchedAt = 0;
  private looks = 0;
  private last = '';
  private watching = false;

  constructor(
    private readonly clock: Clock,
    private readonly look: () => Promise<Front | null>,
    private readonly report: (front: Front) => void,
  ) {}

  begin(): void {
    this.watching = true;
    this.last = '';
    this.touched();
    this.wait();
  }

  end(): void {
    this.watching = false;
    this.cancel();
  }

  /** The cell printed, or was typed at. */
  touched(): void {
    this.touchedAt = this.clock.now();
    if (this.looks >= quiet.length) {
      this.looks = 0;
      if (this.watching) this.wait();
    }
    this.looks = 0;
  }

  private wait(): void {
    this.cancel();
    const patience = quiet[this.looks];
    if (patience === undefined) return;
    const left = patience - (this.clock.now() - this.touchedAt);
    this.cancel = this.clock.setTimer(Math.max(0, left), () => void this.check(patience));
  }

  private async check(patience: number): Promise<void> {
    if (this.clock.now() - this.touchedAt < patience) {
      this.wait();
      return;
    }
    this.looks++;
    const front = await this.look().catch(() => null);
    if (!this.watching) return;
    const seen = JSON.stringify(front);
    if (front !== null && seen !== this.last) this.report(front);
    this.last = seen;
    this.wait();
  }
}

/** The program in front of a shell's terminal. Null: nobody can say. Rejects when no channel can be had. */
export async function readFront(control: ControlExec, pid: number, tty: string): Promise<Front | null> {
  const answer = await control(
    `${readStat(pid)}c=; read -r c </proc/$g/comm; w=0; read -r w </proc/$g/wchan; ` +
      `echo "front;$g;$w;$(stty -F ${tty} -a 2>/dev/null | tr "\\n" " ");$c"`,
  );
  const [, group, waiting = '', modes = '', program = ''] =
    /^front;(\d+);([^;]*);(.*);([^;\n]*)$/m.exec(answer) ?? [];
  if (group === undefined || program === '') return null;
  const waitsFor = whatFor(modes, waiting);
  const opened = Number(group) !== pid && waitsFor !== null;
  return { program, waitsFor, shell: opened && (shells.test(program) || passages.test(program)) };
}

/** termios(3): without ICANON single keys are read; without ECHO, but with it, a password. */
function whatFor(modes: string, waiting: string): Front['waitsFor'] {
  if (/(^|\s)-icanon\b/.test(modes)) return 'keys';
  if (/(^|\s)-echo\b/.test(modes)) return 'secret';
  // Where Linux parks a reader of a terminal; 0 for processes of other users.
  return /^(wait_woken|n_tty_read)$/.test(waiting) ? 'line' : null;
}
