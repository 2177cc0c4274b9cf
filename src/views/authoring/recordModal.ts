import { ConfirmationModal, Setting, type App } from 'obsidian';
import { RECORDED_ROLES, type Recorded, type RecordedRole } from '../../labs/authoring/record';
import { visibleLine } from '../../base/visible';

const WORDS: Readonly<Record<RecordedRole, string>> = {
  setup: 'Setup',
  step: 'Step',
  observe: 'Observe',
  plain: 'Leave as it is',
};

/** Lets the author say what each cell that has run becomes; null when nothing shall be written. */
export function chooseRoles(app: App, found: readonly Recorded[]): Promise<readonly Recorded[] | null> {
  return new Promise((resolve) => {
    const modal = new ConfirmationModal(app);
    const chosen = [...found];
    let isAgreed = false;
    modal.setTitle('Make lab cells of what has run');
    modal.contentEl.createEl('p', {
      text: 'In the order in which they ran. A setup builds the place of the lab, a step is what the learner does, an observation only looks. The switch keeps what was printed as the expected output.',
    });
    for (const [i, { cell, output, role, keepOutput }] of found.entries()) {
      const change = (part: Partial<Recorded>) => {
        const before = chosen[i];
        if (before) chosen[i] = { ...before, ...part };
      };
      const first = cell.source.split('\n').find((line) => line.trim() !== '') ?? '';
      const row = new Setting(modal.contentEl)
        .setName(visibleLine(first))
        .setDesc(
          output === '' ? 'It printed nothing.' : `It printed: ${visibleLine(output.split('\n')[0] ?? '')}`,
        )
        .addDropdown((list) => {
          for (const each of RECORDED_ROLES) list.addOption(each, WORDS[each]);
          list.setValue(role).onChange((value) => {
            const picked = RECORDED_ROLES.find((each) => each === value);
            if (picked) change({ role: picked });
          });
        });
      if (output === '') continue;
      row.addToggle((toggle) =>
        toggle
          .setTooltip('Keep the output as expected')
          .setValue(keepOutput)
          .onChange((value) => change({ keepOutput: value })),
      );
    }
    modal.addButton((button) =>
      button
        .setButtonText('Write into the note')
        .setCta()
        .onClick(() => {
          isAgreed = true;
        }),
    );
    modal.addCancelButton();
    modal.setCloseCallback(() => resolve(isAgreed ? chosen : null));
    modal.open();
  });
}
