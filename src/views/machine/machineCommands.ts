import { Notice, type Command } from 'obsidian';
import type { MachineAction, MachineControl } from './machineControl';
import { machineInWords } from './machineWords';

export interface MachineCommandParts {
  readonly control: MachineControl;
  /** Looks which tools it has, and shows the answer. */
  checkTools(): Promise<void>;
}

/** Everything that can be done with the lab machine, without a mouse. */
export function machineCommands(machine: MachineCommandParts): Command[] {
  const { control } = machine;
  const act = (
    id: string,
    name: string,
    icon: string,
    action: MachineAction,
    done: string,
    fits: () => boolean,
    options: readonly string[] = [],
  ): Command => ({
    id,
    name,
    icon,
    checkCallback: (checking) => {
      if (control.action !== null || !fits()) return false;
      if (!checking) void runAction(control, action, done, options);
      return true;
    },
  });
  const off = () => control.machine === null;
  const ours = () => control.machine !== null && control.machine.kind !== 'host';
  return [
    act('start-lab-machine', 'Start lab machine', 'play', 'start', 'The lab machine is up.', off),
    act(
      'start-lab-vm',
      'Start lab machine as a virtual machine',
      'monitor-play',
      'start',
      'The virtual machine is up.',
      off,
      ['--vm'],
    ),
    act(
      'start-lab-nodes',
      'Start lab machine with three nodes',
      'network',
      'start',
      'The lab machine and its nodes are up.',
      off,
      ['--nodes', '3'],
    ),
    act(
      'reset-lab-machine',
      'Get a fresh lab machine',
      'rotate-ccw',
      'reset',
      'The lab machine is fresh.',
      ours,
    ),
    act('stop-lab-machine', 'Stop lab machine', 'square', 'stop', 'The lab machine is down.', ours),
    {
      id: 'show-lab-machine',
      name: 'Show lab machine',
      icon: 'server',
      callback: () =>
        void control
          .refresh()
          .then(() => new Notice(`${machineInWords(control.machine)} ${control.progress}`)),
    },
    {
      id: 'check-lab-tools',
      name: 'Check tools on lab machine',
      icon: 'stethoscope',
      checkCallback: (checking) => {
        if (control.action !== null) return false;
        if (!checking) void machine.checkTools();
        return true;
      },
    },
  ];
}

/** Shows the progress of a long action in a notice that ends with it; false when it failed, which has been told. */
export async function runAction(
  control: MachineControl,
  action: MachineAction,
  done: string,
  options: readonly string[] = [],
): Promise<boolean> {
  const notice = new Notice('The lab machine …', 0);
  const stop = control.changed.on(() => notice.setMessage(control.progress || 'The lab machine …'));
  const printed = await control.run(action, options);
  stop();
  notice.hide();
  if (printed !== null) new Notice(done);
  return printed !== null;
}
