import { FileSystemAdapter, Notice, Platform, type Plugin } from 'obsidian';
import { asProblem, type Problem, problem, ProblemError } from '../../base/problem';
import { fixFor } from '../../machine/fixFor';
import { readReport, reportProbe, toolsNamed, type MachineReport } from '../../machine/report';
import { Aside } from '../../runs/aside';
import type { SessionProvider } from '../../runs/contract';
import { upArguments, type BetterMachine } from '../../path/requirements';
import { ConfirmModal } from '../ui/confirmModal';
import { machineCommands, runAction } from './machineCommands';
import { MachineControl } from './machineControl';
import { MachineFit } from './machineFit';
import { MachineStatus } from './machineStatus';
import { ToolModal } from './toolModal';

/** Stands for the note in the address of our own shell. */
const OWN_NOTE = '#lab-machine';
/** Milliseconds a look at all tools may take: an emulated machine is slow. */
const PATIENCE = 300_000;

/** Milliseconds between looks at whether the lab machine runs: somebody may start or stop it in a terminal. */
const LOOK_INTERVAL = 5_000;

export interface LabMachineParts {
  readonly plugin: Plugin;
  readonly report: (problem: Problem) => void;
  readonly sessions: SessionProvider;
}

/** Everything of the lab machine that the app shows. Nothing on phones and tablets, which cannot start one. */
export class LabMachine {
  readonly control: MachineControl;
  readonly fit: MachineFit;
  private readonly aside: Aside;

  constructor(private readonly parts: LabMachineParts) {
    const { plugin, report, sessions } = parts;
    const { adapter } = plugin.app.vault;
    const folder = plugin.manifest.dir;
    const pluginFolder =
      adapter instanceof FileSystemAdapter && folder !== undefined ? adapter.getFullPath(folder) : null;
    this.control = new MachineControl({ pluginFolder }, report);
    this.fit = new MachineFit(this.control, (source) => this.ask('lab', source));
    this.aside = new Aside(sessions);
  }

  load(): void {
    if (!Platform.isDesktopApp) return;
    for (const command of machineCommands(this)) this.parts.plugin.addCommand(command);
  }

  /** Call once the layout is ready. */
  start(): void {
    if (!Platform.isDesktopApp) return;
    const { plugin } = this.parts;
    new MachineStatus(plugin.addStatusBarItem(), this).watch(plugin);
    void this.control.refresh();
    plugin.registerInterval(window.setInterval(() => void this.control.refresh(), LOOK_INTERVAL));
  }

  /** Looks which tools a host has, those that a fence names or all of the labs', and shows the answer. */
  async checkTools(host = 'lab', names: readonly string[] = []): Promise<void> {
    const { plugin, report } = this.parts;
    const tools = names.length === 0 ? undefined : toolsNamed(names);
    const notice = new Notice(`Looking at the tools of ${host} …`, 0);
    try {
      const found = readReport(host, await this.ask(host, reportProbe(tools)), tools);
      if (found === null) {
        report(problem(`The tools of ${host} could not be looked at.`, 'Its bash did not run the script.'));
        return;
      }
      const machine = host === 'lab' ? this.control.machine : null;
      const fix = machine === null ? null : fixFor(found, machine);
      new ToolModal(
        plugin.app,
        found,
        fix && { ...fix, isReset: machine?.kind === 'sandbox' },
        () => void this.mend(found, names),
      ).open();
    } catch (error) {
      report(asProblem(error, `The tools of ${host} could not be looked at.`));
    } finally {
      notice.hide();
    }
  }

  /** Starts the machine that labs need, instead of the one that runs. */
  async replaceBy(better: BetterMachine): Promise<void> {
    const { control } = this;
    if (control.machine !== null) {
      const agreed = await new ConfirmModal(this.parts.plugin.app, {
        title: 'Another lab machine',
        text: 'The one that runs ends, with everything in it.',
        action: 'End it and start the other',
      }).ask();
      if (!agreed || (await control.run('stop')) === null) return;
    }
    await runAction(control, 'start', 'The lab machine is up.', upArguments(better));
  }

  /** Runs bash source on a host, beside everybody's shells, and gives what it printed; rejects with a ProblemError. */
  private async ask(host: string, source: string): Promise<string> {
    const { text, exitStatus } = await this.aside.ask(
      { host, note: OWN_NOTE, netns: null },
      source,
      PATIENCE,
    );
    // Half an answer would tell of tools that are missing.
    if (exitStatus !== 0)
      throw new ProblemError(problem(`${host} did not answer to the end.`, '', 'Try again in a moment.'));
    return text;
  }

  /** Installs what is missing of the tools that were shown, and shows them again. */
  private async mend({ findings }: MachineReport, names: readonly string[]): Promise<void> {
    // Nothing that only the note knows is handed on; there would be no package for it.
    const known = findings.filter(({ group }) => group !== 'Named in the note').map(({ id }) => id);
    const only = names.length === 0 ? [] : [`--only=${known.join(',')}`];
    if (!(await runAction(this.control, 'fix', 'What has a package is installed.', only))) return;
    await this.fit.lookAgain();
    await this.checkTools('lab', names);
  }
}
