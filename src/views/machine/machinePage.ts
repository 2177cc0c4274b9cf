import type { SettingDefinitionItem } from 'obsidian';
import { runAction } from './machineCommands';
import type { LabMachine } from './labMachine';
import { machineInShort, machineInWords } from './machineWords';

/**
 * The page of the settings about the lab machine: what it is, what can be done with it, and which tools it has.
 *
 * @param lookAgain called when other rows are to be seen than before
 */
export function machinePage(machine: LabMachine, lookAgain: () => void): SettingDefinitionItem {
  const { control } = machine;
  const off = () => control.machine === null && control.action === null;
  const ours = () => control.machine !== null && control.machine.kind !== 'host' && control.action === null;
  return {
    type: 'page',
    name: 'Lab machine',
    desc: 'The throw-away Linux that cells and labs run on.',
    displayValue: () => machineInShort(control),
    items: [
      {
        name: 'State',
        desc: 'Whether it runs, and what it is.',
        render: (setting) => {
          const draw = () => void setting.setDesc(control.progress || machineInWords(control.machine));
          draw();
          return control.changed.on(() => {
            draw();
            lookAgain();
          });
        },
      },
      {
        name: 'Start',
        desc: 'A sandbox of this computer’s kernel; in about a second.',
        visible: off,
        action: () => void runAction(control, 'start', 'The lab machine is up.'),
      },
      {
        name: 'Start as a virtual machine',
        desc: 'A Debian with a kernel of its own, for labs on modules, control groups, tracing and container runtimes. The first start builds its image.',
        visible: off,
        action: () => void runAction(control, 'start', 'The virtual machine is up.', ['--vm']),
      },
      {
        name: 'Get a fresh machine',
        desc: 'What is in it now is thrown away.',
        visible: ours,
        action: () => void runAction(control, 'reset', 'The lab machine is fresh.'),
      },
      {
        name: 'Stop',
        desc: 'It ends with everything in it.',
        visible: ours,
        action: () => void runAction(control, 'stop', 'The lab machine is down.'),
      },
      {
        name: 'Check tools',
        desc: 'Which of the labs’ tools it has, and how to get the others.',
        aliases: ['doctor', 'prerequisites'],
        action: () => void machine.checkTools(),
      },
    ],
  };
}
