/* global process -- the desktop app runs pages with Node's environment */
import { asProblem, problem, type Problem } from '../../base/problem';
import type { AdoptedMachine, MachineRecord } from '../../machine/state';
import { Emitter } from '../ui/emitter';
import { findLabpath, type Places } from './labpathProgram';

/** What is being done to the lab machine just now. */
export type MachineAction = 'start' | 'reset' | 'stop' | 'fix';

const commands: Readonly<Record<MachineAction, readonly string[]>> = {
  start: ['lab', 'up'],
  reset: ['lab', 'reset'],
  stop: ['lab', 'down'],
  fix: ['doctor', '--fix', '--yes', '--json'],
};

interface Ended {
  readonly printed: string;
  /** The last line of its errors and its progress. */
  readonly said: string;
  readonly status: number | null;
}

/** The lab machine as the app sees and drives it: through the same program as on the command line. Desktop only. */
export class MachineControl {
  /** The machine, what is done to it, or the progress of that changed. */
  readonly changed = new Emitter<void>();
  machine: MachineRecord | AdoptedMachine | null = null;
  /** Null when nothing is going on. */
  action: MachineAction | null = null;
  /** The last sentence of a start or stop that takes long; empty for none. */
  progress = '';

  constructor(
    private readonly places: Places,
    private readonly report: (problem: Problem) => void,
  ) {}

  /** Looks whether the machine runs; somebody may have started or stopped it elsewhere. */
  async refresh(): Promise<void> {
    const { findMachine } = await import('../../machine/read');
    const before = JSON.stringify(this.machine);
    this.machine = await findMachine('lab', process.env);
    if (JSON.stringify(this.machine) === before) return;
    this.changed.emit();
  }

  /** Runs one action at a time; gives what it printed, or null when it failed, which has been reported. */
  async run(action: MachineAction, options: readonly string[] = []): Promise<string | null> {
    if (this.action !== null) {
      this.report(problem('The lab machine is busy.', this.progress, 'Try again when that is done.'));
      return null;
    }
    this.show(action, '');
    try {
      const ended = await this.call([...commands[action], ...options]);
      const trouble = action === 'fix' ? troubleOfDoctor(ended) : troubleOf(ended);
      if (trouble === null) return ended.printed;
      this.report(trouble);
      return null;
    } catch (error) {
      this.report(asProblem(error, 'The lab machine could not be reached.'));
      return null;
    } finally {
      this.show(null, '');
      await this.refresh();
    }
  }

  private show(action: MachineAction | null, progress: string): void {
    this.action = action;
    this.progress = progress;
    this.changed.emit();
  }

  private async call(words: readonly string[]): Promise<Ended> {
    const [program, ...args] = await findLabpath(this.places);
    const { spawn } = await import('node:child_process');
    return new Promise((resolve, reject) => {
      const child = spawn(program, [...args, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
      let printed = '';
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said = text.trim().split('\n').at(-1) ?? '';
        this.show(this.action, said);
      });
      child.once('error', reject);
      child.once('close', (status) => resolve({ printed, said: said.replace(/^labpath \w+: /, ''), status }));
    });
  }
}

function troubleOf({ status, said }: Ended): Problem | null {
  return status === 0 ? null : problem(said === '' ? 'The lab machine did not do it.' : said);
}

/** Its status 1 only says that something is still missing; its answer tells what kept it from its work. */
function troubleOfDoctor(ended: Ended): Problem | null {
  if (ended.printed === '') return troubleOf({ ...ended, status: ended.status ?? 1 });
  return (JSON.parse(ended.printed) as { problem: Problem | null }).problem;
}
