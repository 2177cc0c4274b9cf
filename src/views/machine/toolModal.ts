import { Modal, type App } from 'obsidian';
import type { Examined } from '../../machine/findings';
import { icon } from '../ui/dom';

/** What the doctor said of the lab machine's tools, as a table. */
export class ToolModal extends Modal {
  constructor(
    app: App,
    private readonly system: string,
    private readonly findings: readonly Examined[],
  ) {
    super(app);
  }

  override onOpen(): void {
    this.setTitle('Tools on the lab machine');
    this.contentEl.createEl('p', { text: this.system });
    const groups = [...new Set(this.findings.map(({ group }) => group))];
    for (const group of groups) {
      this.contentEl.createEl('h4', { text: group });
      const table = this.contentEl.createEl('table', { cls: 'labpath-tools' });
      for (const each of this.findings.filter((finding) => finding.group === group)) {
        const row = table.createEl('tr');
        icon(row.createEl('td'), look[each.finding.status]);
        row.createEl('th', { text: each.title, attr: { scope: 'row' } });
        row.createEl('td', { text: inWords(each) });
      }
    }
  }

  override onClose(): void {
    this.contentEl.empty();
  }
}

const look = { present: 'check', missing: 'x', unavailable: 'ban' } as const;

function inWords({ finding }: Examined): string {
  switch (finding.status) {
    case 'present':
      return `Present: ${finding.version}`;
    case 'missing':
      return `Missing. Install: ${finding.install}`;
    case 'unavailable':
      return `Not available here: ${finding.why}`;
  }
}
