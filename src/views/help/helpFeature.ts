/* global process -- the desktop app runs pages with Node's environment */
import { apiVersion, FileSystemAdapter, Notice, Platform, type Plugin } from 'obsidian';
import { asProblem, describeProblem } from '../../base/problem';
import type { RunStore } from '../../runs/store';
import type { Private } from '../../trust/redact';
import type { MachineControl } from '../machine/machineControl';
import type { PathFeature } from '../path/pathFeature';
import type { DeviceSettings } from '../settings/deviceSettings';
import type { SettingsStore } from '../settings/settingsStore';
import { Emitter } from '../ui/emitter';
import { FIRST_STEPS_VIEW_TYPE, FirstStepsView } from './firstStepsView';
import { Journal, runTroubles } from './journal';
import { problemReport, type ReportFacts } from './problemReport';
import { showReport } from './reportModal';
import { createSampleNotes } from './sampleNotes';

export interface HelpParts {
  readonly plugin: Plugin;
  readonly settings: SettingsStore;
  readonly device: DeviceSettings;
  readonly path: PathFeature;
  readonly runs: RunStore;
}

/** What helps a newcomer, and somebody for whom something does not work. */
export class HelpFeature {
  readonly journal = new Journal(() => new Date().toISOString());
  /** A cell's run has ended. */
  readonly ran = new Emitter<void>();
  private control: MachineControl | null = null;

  constructor(private readonly parts: HelpParts) {}

  load(control: MachineControl | null): void {
    const { plugin, settings, device, path, runs } = this.parts;
    this.control = control;
    plugin.registerView(
      FIRST_STEPS_VIEW_TYPE,
      (leaf) =>
        new FirstStepsView(leaf, {
          settings,
          device,
          index: path.index,
          runs,
          ran: this.ran,
          control,
          createSample: () => this.createSample(),
          openPath: () => void path.open(),
          report: () => this.report(),
        }),
    );
    plugin.addCommand({
      id: 'first-steps',
      name: 'Open first steps',
      icon: 'rocket',
      callback: () => void this.openFirstSteps(),
    });
    plugin.addCommand({
      id: 'report-problem',
      name: 'Report a problem',
      icon: 'bug',
      callback: () => this.report(),
    });
  }

  async openFirstSteps(): Promise<void> {
    const { workspace } = this.parts.plugin.app;
    const [open] = workspace.getLeavesOfType(FIRST_STEPS_VIEW_TYPE);
    const leaf = open ?? workspace.getLeaf('tab');
    if (!open) await leaf.setViewState({ type: FIRST_STEPS_VIEW_TYPE, active: true });
    await workspace.revealLeaf(leaf);
  }

  report(): void {
    const log = [...this.journal.entries, ...runTroubles(this.parts.runs.entries())];
    showReport(this.parts.plugin.app, problemReport(this.facts(), log, this.hidden(log.join('\n'))));
  }

  private async createSample(): Promise<void> {
    const { app } = this.parts.plugin;
    try {
      const map = await createSampleNotes(app);
      await app.workspace.getLeaf('tab').openFile(map);
    } catch (error) {
      new Notice(describeProblem(asProblem(error, 'The sample notes were not written.')), 0);
    }
  }

  private facts(): ReportFacts {
    const { plugin, settings, device, path, runs } = this.parts;
    const { hosts, defaultHost, stubFolder, templateFolder, plannedMarkers } = settings.current;
    const machine = this.control?.machine;
    const isSet = (value: string) => (value === '' ? 'no' : 'yes');
    return {
      Labpath: plugin.manifest.version,
      Obsidian: `${apiVersion} (API), ${platform()}`,
      Runtime: Platform.isDesktopApp ? runtime() : 'not the desktop app',
      'Lab machine': this.control
        ? `${machine?.kind ?? 'off'}, ${this.control.action ?? 'idle'}`
        : 'none on this device',
      Hosts: `${hosts.length} in the settings; default: ${defaultHost === 'lab' ? 'lab' : 'another'}`,
      'Asks before running': device.policy,
      'SSH agent set by hand': isSet(device.agentSocket),
      'Folders and words set': `notes ${isSet(stubFolder)}, templates ${isSet(templateFolder)}, planned ${isSet(plannedMarkers)}`,
      Vault: `${plugin.app.vault.getMarkdownFiles().length} notes, ${path.index.current?.mocs.length ?? 0} maps, ${runs.entries().length} outputs`,
    };
  }

  /** What must not stand in a report: hosts, notes and folders of this user. */
  private hidden(log: string): Private {
    const { app } = this.parts.plugin;
    const { hosts, defaultHost } = this.parts.settings.current;
    const { adapter } = app.vault;
    const home = Platform.isDesktopApp ? process.env.HOME : undefined;
    return {
      hosts: [
        defaultHost,
        ...hosts.flatMap(({ name, address, user }) => [name, address, user]),
        // Aliases of the ssh config stand nowhere but where they were used.
        ...this.parts.runs.entries().flatMap(({ snapshot }) => (snapshot?.host ? [snapshot.host] : [])),
        ...this.parts.device.systemSshHosts.split(/[\s,]+/).filter(Boolean),
      ],
      notes: app.vault
        .getFiles()
        .flatMap(({ path, basename }) => [path, basename])
        .filter((name) => log.includes(name)),
      folders: [
        ...(adapter instanceof FileSystemAdapter ? [adapter.getBasePath()] : []),
        ...(home === undefined ? [] : [home]),
        app.vault.getName(),
      ],
    };
  }
}

function platform(): string {
  const { isMacOS, isWin, isLinux, isIosApp, isAndroidApp } = Platform;
  const names = { macOS: isMacOS, Windows: isWin, Linux: isLinux, iOS: isIosApp, Android: isAndroidApp };
  return Object.entries(names).find(([, fits]) => fits)?.[0] ?? 'unknown system';
}

function runtime(): string {
  const { electron, chrome, node } = process.versions;
  return `Electron ${electron ?? '?'}, Chrome ${chrome ?? '?'}, Node ${node}`;
}
