import { Modal, Setting, type App } from 'obsidian';
import type { Examined } from '../../machine/findings';
import type { Fix } from '../../machine/fixFor';
import type { MachineReport } from '../../machine/report';
import { icon } from '../ui/dom';

interface OfferedFix extends Fix {
  /** The machine has to be made anew to have what is installed. */
  readonly isReset: boolean;
}

/** What a look at a machine's tools found, as a table; where packages would help, they can be installed from here. */
export class ToolModal extends Modal {
  constructor(
    app: App,
    private readonly report: MachineReport,
    private readonly fix: OfferedFix | null,
    private readonly install: () => void,
  ) {
    super(app);
  }

  override onOpen(): void {
    const { report, fix } = this;
    this.setTitle(report.name === 'lab' ? 'Tools on the lab machine' : `Tools on ${report.name}`);
    this.contentEl.createEl('p', { text: report.system });
    toolTable(this.contentEl, report.findings);
    if (fix === null) return;
    new Setting(this.contentEl)
      .setName(`Install what is missing on ${fix.where}`)
      .setDesc(
        fix.isReset
          ? `${fix.command}. The lab machine is made fresh then: what is in it is lost.`
          : fix.command,
      )
      .addButton((button) =>
        button
          .setButtonText('Install')
          .setCta()
          .onClick(() => {
            this.close();
            this.install();
          }),
      );
  }

  override onClose(): void {
    this.contentEl.empty();
  }
}

/** Groups with a row for each tool: its state as a sign and in words. */
function toolTable(parent: HTMLElement, findings: readonly Examined[]): void {
  for (const group of new Set(findings.map((each) => each.group))) {
    parent.createEl('h4', { text: group });
    const table = parent.createEl('table', { cls: 'labpath-tools' });
    for (const each of findings.filter((finding) => finding.group === group)) {
      const row = table.createEl('tr', { cls: `is-${each.finding.status}` });
      icon(row.createEl('td'), look[each.finding.status]);
      row.createEl('th', { text: each.title, attr: { scope: 'row' } });
      row.createEl('td', { text: inWords(each) });
    }
  }
}

const look = { present: 'check', missing: 'x', unavailable: 'ban' } as const;

function inWords({ finding }: Examined): string {
  switch (finding.status) {
    case 'present':
      return finding.version === '' ? 'Present' : `Present: ${finding.version}`;
    case 'missing':
      return `Missing. Install: ${finding.install}`;
    case 'unavailable':
      return `Not available here: ${finding.why}`;
  }
}
