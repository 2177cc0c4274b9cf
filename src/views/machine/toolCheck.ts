import type { App } from 'obsidian';
import { problem, type Problem } from '../../base/problem';
import type { Examined } from '../../machine/findings';
import type { MachineControl } from './machineControl';
import { ToolModal } from './toolModal';

interface Report {
  readonly machine: { readonly system: string; readonly findings: readonly Examined[] } | null;
  readonly problem: Problem | null;
}

/** Asks the doctor which tools the lab machine has, all of them or those a fence names, and shows the answer. */
export async function checkTools(
  app: App,
  control: MachineControl,
  report: (problem: Problem) => void,
  names: readonly string[] = [],
): Promise<void> {
  const printed = await control.run('check');
  if (printed === null) return;
  const answer = JSON.parse(printed) as Report;
  if (answer.machine === null) {
    report(answer.problem ?? problem('The lab machine could not be examined.'));
    return;
  }
  const { system, findings } = answer.machine;
  const wanted = findings.filter(({ id, title }) => isNamed(names, id, title));
  new ToolModal(app, system, wanted.length > 0 ? wanted : findings).open();
}

function isNamed(names: readonly string[], id: string, title: string): boolean {
  return names.some((name) => name === id || title.split(/[^\w.+-]+/).includes(name));
}
