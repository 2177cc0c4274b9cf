import { requirementsInWords, type BetterMachine } from '../../path/requirements';
import type { Fit } from '../machine/machineFit';
import { icon, iconButton } from '../ui/dom';

/** Says what stands between a lab and its machine, and offers the machine that would do. */
export function blockedRow(
  parent: HTMLElement,
  { lacking, better, isRunning }: Fit,
  use: (better: BetterMachine) => void,
): void {
  const row = parent.createDiv({ cls: 'labpath-lab-blocked' });
  icon(row, 'ban');
  const what = requirementsInWords(lacking);
  row.createSpan({
    text: isRunning ? `Blocked by: the lab machine lacks ${what}.` : `This lab needs ${what}.`,
  });
  if (better === null) return;
  const button = iconButton(row, {
    icon: 'monitor-play',
    label: `${isRunning ? 'Use' : 'Start'} ${machineInWords(better)}${isRunning ? ' instead' : ''}`,
    text: true,
    onClick: () => use(better),
  });
  button.dataset['action'] = 'machine';
}

function machineInWords({ vm, internet, nodes }: BetterMachine): string {
  const one = vm ? 'a virtual machine' : 'a lab machine';
  const what = nodes === 1 ? one : `${nodes} ${vm ? 'virtual machines' : 'machines'} on one network`;
  return `${what}${internet ? ' with internet' : ''}`;
}
