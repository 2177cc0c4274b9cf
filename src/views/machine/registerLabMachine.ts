import { FileSystemAdapter, Platform, type Plugin } from 'obsidian';
import type { Problem } from '../../base/problem';
import { machineCommands } from './machineCommands';
import { MachineControl } from './machineControl';
import { MachineStatus } from './machineStatus';
import { checkTools } from './toolCheck';

/** Milliseconds between looks at whether the lab machine runs: somebody may start or stop it in a terminal. */
const LOOK_INTERVAL = 5_000;

/** Everything of the lab machine that the app shows. Nothing (null) on phones and tablets, which cannot start one. */
export function registerLabMachine(
  plugin: Plugin,
  report: (problem: Problem) => void,
  onOther: () => void,
): MachineControl | null {
  if (!Platform.isDesktopApp) return null;
  const { app } = plugin;
  const { adapter } = app.vault;
  const folder = plugin.manifest.dir;
  const pluginFolder =
    adapter instanceof FileSystemAdapter && folder !== undefined ? adapter.getFullPath(folder) : null;
  const control = new MachineControl({ pluginFolder }, report, onOther);
  const check = () => checkTools(app, control, report);
  for (const command of machineCommands({ control, checkTools: check })) plugin.addCommand(command);
  app.workspace.onLayoutReady(() => {
    new MachineStatus(plugin.addStatusBarItem(), control, check).watch(plugin);
    void control.refresh();
    plugin.registerInterval(window.setInterval(() => void control.refresh(), LOOK_INTERVAL));
  });
  return control;
}
