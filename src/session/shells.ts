import type { Where } from '../runs/contract';
import type { ActiveRun } from './activeRun';
import type { Hello } from './markers';

/** A shell with a driver in it. */
export interface DrivenShell {
  readonly key: string;
  readonly hello: Hello;
  /** Its working directory after its last cell; empty before. */
  readonly cwd: string;
}

interface Outer {
  readonly shell: DrivenShell;
  /** What is left of the cell whose program became the next shell; over when that shell is. */
  readonly rest: ActiveRun;
}

/** The session's own shell, and those that were entered from it, each inside the one before. */
export class Shells {
  private readonly outer: Outer[] = [];

  constructor(private innermost: DrivenShell) {}

  /** The one that runs cells. */
  get current(): DrivenShell {
    return this.innermost;
  }

  /** The session's own. */
  get first(): DrivenShell {
    return this.outer[0]?.shell ?? this.innermost;
  }

  get inside(): boolean {
    return this.outer.length > 0;
  }

  /** Process ids of all of them, each as its own machine counts. */
  get pids(): readonly number[] {
    return [...this.outer.map(({ shell }) => shell), this.innermost].map(({ hello }) => hello.pid);
  }

  /** The current shell said hello again, after a restart. */
  restarted(hello: Hello): void {
    this.innermost = { ...this.innermost, hello };
  }

  movedTo(cwd: string): void {
    this.innermost = { ...this.innermost, cwd };
  }

  enter(shell: DrivenShell, rest: ActiveRun): void {
    this.outer.push({ shell: this.innermost, rest });
    this.innermost = shell;
  }

  /** What goes on when the innermost shell ends; null when that is the session's own. */
  get rest(): ActiveRun | null {
    return this.outer.at(-1)?.rest ?? null;
  }

  /** The rest of the cell with this nonce, when it is one that a shell was entered from; all shells inside are gone. */
  leaveTo(nonce: string): ActiveRun | null {
    const index = this.outer.findIndex(({ rest }) => rest.nonce === nonce);
    const level = this.outer[index];
    if (level === undefined) return null;
    this.outer.length = index;
    this.innermost = level.shell;
    return level.rest;
  }

  where(cwd: string): Where {
    const around = this.outer.map(({ shell }) => placeOf(shell.hello, shell.cwd));
    const place = placeOf(this.innermost.hello, cwd);
    return around.length === 0 ? place : { ...place, inside: around };
  }
}

function placeOf({ user, host, netns }: Hello, cwd: string): Where {
  return { user, host, netns, cwd };
}
