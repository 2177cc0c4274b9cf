import { Menu, setTooltip, type Component } from 'obsidian';
import { runAction, type MachineCommandParts } from './machineCommands';
import type { MachineAction, MachineControl } from './machineControl';
import { machineInShort, machineInWords } from './machineWords';

/** The lab machine in the status bar: whether it runs, and a menu of what can be done with it. */
export class MachineStatus {
  constructor(
    private readonly element: HTMLElement,
    private readonly machine: MachineCommandParts,
  ) {}

  private get control(): MachineControl {
    return this.machine.control;
  }

  watch(owner: Component): void {
    const { element, control } = this;
    element.addClass('mod-clickable', 'labpath-statusbar');
    element.setAttrs({ role: 'button', tabindex: 0, 'aria-haspopup': 'menu' });
    owner.registerDomEvent(element, 'click', () => this.open());
    owner.registerDomEvent(element, 'keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') this.open();
    });
    owner.register(control.changed.on(() => this.draw()));
    this.draw();
  }

  private draw(): void {
    this.element.setText(machineInShort(this.control));
    setTooltip(this.element, this.control.progress || machineInWords(this.control.machine));
  }

  private open(): void {
    const { control } = this;
    const menu = new Menu();
    const add = (title: string, icon: string, run: () => void) =>
      menu.addItem((item) => item.setTitle(title).setIcon(icon).onClick(run));
    const act = (title: string, icon: string, action: MachineAction, done: string, ...options: string[]) =>
      add(title, icon, () => void runAction(control, action, done, options));
    if (control.action === null && control.machine === null) {
      act('Start lab machine', 'play', 'start', 'The lab machine is up.');
      act('Start as a virtual machine', 'monitor-play', 'start', 'The virtual machine is up.', '--vm');
      act('Start with three nodes', 'network', 'start', 'The lab machine is up.', '--nodes', '3');
    } else if (control.action === null) {
      if (control.machine?.kind !== 'host') {
        act('Get a fresh machine', 'rotate-ccw', 'reset', 'The lab machine is fresh.');
        act('Stop lab machine', 'square', 'stop', 'The lab machine is down.');
      }
      add('Check tools', 'stethoscope', () => void this.machine.checkTools());
    }
    const { left, top } = this.element.getBoundingClientRect();
    menu.showAtPosition({ x: left, y: top }, this.element.ownerDocument);
  }
}
