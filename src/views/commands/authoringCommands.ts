import { FuzzySuggestModal, type App, type Command } from 'obsidian';
import { readLab, type Fault } from '../../labs/lab';
import { activeNote } from '../activeNote';
import type { Authoring } from '../authoring/authoring';
import type { NoteCells } from '../noteCells';

/** What helps to write a lab. */
export function authoringCommands(app: App, authoring: Authoring, notes: NoteCells): Command[] {
  return [
    {
      id: 'new-lab',
      name: 'New lab from template',
      icon: 'flask-conical',
      callback: () => authoring.newLab(),
    },
    {
      id: 'record-lab',
      name: 'Record: make lab cells of what has run',
      icon: 'circle-dot',
      checkCallback: (checking) => {
        const note = activeNote(app, notes);
        if (note === null || !note.cells.some(({ role, runnable }) => role === null && runnable))
          return false;
        if (!checking) authoring.record(note.path);
        return true;
      },
    },
    {
      id: 'capture-symptom',
      name: 'Capture symptom of a fault',
      icon: 'camera',
      checkCallback: (checking) => {
        const note = activeNote(app, notes);
        const faults = note === null ? [] : readLab(note.cells).faults;
        if (note === null || faults.length === 0) return false;
        if (!checking)
          new FaultModal(app, faults, (fault) => authoring.captureSymptom(note.path, fault)).open();
        return true;
      },
    },
  ];
}

class FaultModal extends FuzzySuggestModal<Fault> {
  constructor(
    app: App,
    private readonly faults: readonly Fault[],
    private readonly choose: (fault: Fault) => void,
  ) {
    super(app);
    this.setPlaceholder('Fault whose symptom is to be captured');
  }

  override getItems(): Fault[] {
    return [...this.faults];
  }

  override getItemText({ id, breaks }: Fault): string {
    return `${id} (breaks ${breaks.join(', ')})`;
  }

  override onChooseItem(fault: Fault): void {
    this.choose(fault);
  }
}
