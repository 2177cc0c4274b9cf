import { ItemView, Setting, type WorkspaceLeaf } from 'obsidian';
import type { RunStore } from '../../runs/store';
import { runAction } from '../machine/machineCommands';
import type { MachineControl } from '../machine/machineControl';
import { machineInWords } from '../machine/machineWords';
import type { PathIndex } from '../path/pathIndex';
import type { DeviceSettings } from '../settings/deviceSettings';
import { DEFAULT_SETTINGS } from '../settings/settings';
import type { SettingsStore } from '../settings/settingsStore';
import { readPolicy } from '../trust/approvals';
import { POLICY_WORDS } from '../trust/runDialog';
import { icon } from '../ui/dom';
import type { Emitter } from '../ui/emitter';

export const FIRST_STEPS_VIEW_TYPE = 'labpath-first-steps';

export interface FirstStepsParts {
  readonly settings: SettingsStore;
  readonly device: DeviceSettings;
  readonly index: PathIndex;
  readonly runs: RunStore;
  /** A cell's run has ended. */
  readonly ran: Emitter<void>;
  /** Null where no machine can be started: phones and tablets. */
  readonly control: MachineControl | null;
  readonly createSample: () => Promise<void>;
  readonly openPath: () => void;
  readonly report: () => void;
}

/** A row of the panel. It is drawn anew only when what it depends on changed: else a press would lose its button. */
interface Row {
  readonly element: HTMLElement;
  readonly dependsOn: () => unknown;
  readonly draw: (element: HTMLElement) => void;
  shown: string;
}

/** What somebody needs who has just switched the plugin on: a machine, notes, trust; each with its state and a way to it. */
export class FirstStepsView extends ItemView {
  override icon = 'rocket';
  private readonly rows: Row[] = [];

  constructor(
    leaf: WorkspaceLeaf,
    private readonly parts: FirstStepsParts,
  ) {
    super(leaf);
  }

  override getViewType(): string {
    return FIRST_STEPS_VIEW_TYPE;
  }

  override getDisplayText(): string {
    return 'First steps';
  }

  protected override async onOpen(): Promise<void> {
    const { control, index, settings, device, ran } = this.parts;
    this.build();
    const draw = () => this.draw();
    this.register(index.changed.on(draw));
    this.register(settings.changed.on(draw));
    this.register(ran.on(draw));
    if (control) {
      this.register(control.changed.on(draw));
      this.addRow(
        () => [control.machine, control.action, control.progress, settings.current.defaultHost],
        (row) => this.drawMachine(row, control),
      );
      this.addRow(
        () => settings.current.hosts,
        (row) => this.drawOwnMachine(row),
      );
    } else {
      this.addRow(
        () => null,
        (row) => this.drawNoMachine(row),
      );
    }
    this.addRow(
      () => this.maps(),
      (row) => this.drawNotes(row),
    );
    this.addRow(
      () => device.policy,
      (row) => this.drawTrust(row),
    );
    this.addRow(
      () => this.hasRun(),
      (row) => this.drawRun(row),
    );
    this.addRow(
      () => null,
      (row) => this.drawReport(row),
    );
    this.draw();
    await index.load().catch(() => undefined);
    this.draw();
  }

  private build(): void {
    const root = this.contentEl;
    root.addClass('labpath-first-steps');
    root.createEl('h2', { text: 'First steps' });
    root.createEl('p', {
      text: 'Nothing runs by itself: you start every block of code, and are asked before a new one runs.',
    });
  }

  private addRow(dependsOn: Row['dependsOn'], draw: Row['draw']): void {
    this.rows.push({ element: this.contentEl.createDiv(), dependsOn, draw, shown: '' });
  }

  private draw(): void {
    for (const row of this.rows) {
      const state = JSON.stringify(row.dependsOn()) ?? 'nothing';
      if (state === row.shown) continue;
      row.shown = state;
      row.element.empty();
      row.draw(row.element);
    }
  }

  private drawMachine(row: HTMLElement, control: MachineControl): void {
    const { defaultHost } = this.parts.settings.current;
    const isUp = control.machine !== null;
    const isBusy = control.action !== null;
    const machine = step(
      row,
      'A machine to run on',
      isBusy
        ? control.progress || 'The lab machine …'
        : `${machineInWords(control.machine)} It is a throw-away Linux on this computer, which you may break.`,
      isUp || defaultHost !== DEFAULT_SETTINGS.defaultHost,
    );
    if (isUp) return;
    machine.addButton((button) =>
      button
        .setButtonText('Start lab machine')
        .setCta()
        .setDisabled(isBusy)
        .onClick(() => void runAction(control, 'start', 'The lab machine is up.')),
    );
  }

  /** Phones and tablets. */
  private drawNoMachine(row: HTMLElement): void {
    step(row, 'A machine to run on', 'Cells run on desktop only. Here you can read and see outputs.', false);
  }

  private drawOwnMachine(row: HTMLElement): void {
    const { settings } = this.parts;
    const { defaultHost, hosts } = settings.current;
    const names = hosts.map(({ name }) => name).filter((name) => name !== '');
    const own = new Setting(row)
      .setName('Or a machine of your own')
      .setDesc(
        'Where cells run that name no host: “lab” for the lab machine, a host of the settings, or an alias of your SSH config. On macOS and Windows this is the way.',
      )
      .addText((text) => {
        text.setPlaceholder(DEFAULT_SETTINGS.defaultHost).setValue(defaultHost);
        text.inputEl.addEventListener('change', () => {
          void settings.update({ defaultHost: text.getValue().trim() || DEFAULT_SETTINGS.defaultHost });
        });
      });
    own.settingEl.addClass('labpath-first-steps-more');
    if (names.length > 0) own.descEl.createDiv({ text: `Hosts of the settings: ${names.join(', ')}.` });
  }

  private drawNotes(row: HTMLElement): void {
    const maps = this.maps();
    const notes = step(
      row,
      'A map of what to learn',
      maps === 0
        ? 'A note with the property “type: map” becomes a learning path. This vault has none yet.'
        : `This vault has ${maps === 1 ? 'a map' : `${maps} maps`}.`,
      maps > 0,
    );
    notes.addButton((button) => {
      if (maps > 0) button.setButtonText('Open learning path').onClick(() => this.parts.openPath());
      else
        button
          .setButtonText('Write sample notes')
          .setCta()
          .onClick(() => void this.parts.createSample());
    });
  }

  private drawTrust(row: HTMLElement): void {
    const { device } = this.parts;
    step(
      row,
      'When to be asked',
      'A note can come from others, and its code can do whatever your login may. This is kept on this device, not in the vault. Dangerous lines always ask.',
      true,
    ).addDropdown((dropdown) =>
      dropdown
        .addOptions(POLICY_WORDS)
        .setValue(device.policy)
        .onChange((chosen) => (device.policy = readPolicy(chosen))),
    );
  }

  private drawRun(row: HTMLElement): void {
    const ran = this.hasRun();
    step(
      row,
      'A first run',
      ran
        ? 'Cells have run in this vault. Outputs stay on this device.'
        : 'Open a note with a bash block and press the button below the block.',
      ran,
    );
  }

  private drawReport(row: HTMLElement): void {
    new Setting(row)
      .setName('Something does not work?')
      .setDesc('Versions and what went wrong, without names of hosts and notes, for you to read and send.')
      .addButton((button) => button.setButtonText('Report a problem').onClick(() => this.parts.report()));
  }

  private maps(): number {
    return this.parts.index.current?.mocs.length ?? 0;
  }

  private hasRun(): boolean {
    return this.parts.runs.entries().some(({ snapshot }) => snapshot?.startedAt != null);
  }
}

/** A row with its state, told by icon and word. */
function step(row: HTMLElement, name: string, desc: string, isDone: boolean): Setting {
  const setting = new Setting(row).setDesc(desc);
  icon(
    setting.nameEl,
    isDone ? 'circle-check' : 'circle',
    isDone ? 'labpath-step-done' : 'labpath-step-open',
  );
  setting.nameEl.createSpan({ text: name });
  setting.nameEl.createSpan({ cls: 'labpath-visually-hidden', text: isDone ? ' (done)' : ' (to do)' });
  return setting;
}
