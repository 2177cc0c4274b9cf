import { Notice, normalizePath, type App } from 'obsidian';
import { asProblem, describeProblem, problem, ProblemError } from '../../base/problem';
import { canRecord, guessRole, recordLab, type Recorded } from '../../labs/authoring/record';
import { newLab } from '../../labs/authoring/newLab';
import { symptomsOf, writeSymptoms } from '../../labs/authoring/symptom';
import { readLab, type Fault } from '../../labs/lab';
import { scanCells } from '../../cells/scan';
import { fileNameFor } from '../../path/fileName';
import type { StubContent } from '../../path/stubTemplate';
import { fillTemplate } from '../../path/userTemplate';
import type { CellDesk } from '../cell/cellDesk';
import type { LabDesk } from '../lab/labDesk';
import { rewriteNote } from '../noteEdit';
import { forTheNote } from '../trust/maskDialog';
import { askTitle } from './newLabModal';
import { chooseRoles } from './recordModal';

export interface AuthoringParts {
  readonly app: App;
  readonly desk: CellDesk;
  readonly labs: LabDesk;
  /** Vault folder for new notes; empty for the vault's own place for them. */
  readonly folder: () => string;
  /** Vault folder of the user's templates; empty for Labpath's own. */
  readonly templates: () => string;
  readonly uid: () => string;
  /** ISO 8601. */
  readonly now: () => string;
}

/** What helps to write labs: a first one that works, cells of what was tried out, symptoms as they really show. */
export class Authoring {
  constructor(private readonly parts: AuthoringParts) {}

  /** Creates a lab that holds as it stands. An existing note is never overwritten. */
  newLab(): void {
    void this.telling('The lab could not be created.', async () => {
      const { app, folder, uid, now } = this.parts;
      const title = await askTitle(app);
      if (title === null) return;
      const home = folder() || app.fileManager.getNewFileParent('').path;
      const path = normalizePath(`${home}/${fileNameFor(title)}.md`);
      if (app.vault.getAbstractFileByPath(path) !== null) {
        throw new ProblemError(problem(`The note ${path} exists already.`, '', 'Choose another title.'));
      }
      const text = await this.labText({
        ...{ kind: 'lab', title, uid: uid(), now: now(), description: '' },
        ...{ aliases: [], tags: ['lab'], mocs: [], prerequisites: [] },
      });
      if (home !== '/' && app.vault.getFolderByPath(normalizePath(home)) === null)
        await app.vault.createFolder(normalizePath(home));
      await app.vault.create(path, text);
      await app.workspace.openLinkText(path, '', false);
    });
  }

  /** Cells of the note that ran as expected become those of a lab, with what they printed. */
  record(note: string): void {
    void this.telling('The note could not be changed.', async () => {
      const { app, desk } = this.parts;
      const found = this.recordedIn(note);
      if (found.length === 0) {
        throw new ProblemError(
          problem(
            'There is nothing to record.',
            'No cell without a role has run here.',
            'Run some cells first.',
          ),
        );
      }
      const chosen = await chooseRoles(app, found);
      const cleared = chosen === null ? null : await this.clear(chosen, 'output');
      if (cleared === null) return;
      if (!(await rewriteNote(app, note, (text) => recordLab(text, cleared)))) desk.report(unchanged());
    });
  }

  /** Runs a fault, and writes what the observations of the note print then. */
  captureSymptom(note: string, fault: Fault): void {
    void this.telling('The symptom could not be captured.', async () => {
      const { app, labs } = this.parts;
      const observed = await labs.observeFault(note, fault);
      if (observed === null) return;
      const symptoms = await this.clear(symptomsOf(observed), 'broken');
      if (symptoms === null) return;
      if (symptoms.length === 0) {
        throw new ProblemError(
          problem(
            `Nothing that the note looks at shows the fault ${fault.id}.`,
            'All observations printed the same while it was in.',
            'Add an `observe` fence that shows the difference.',
          ),
        );
      }
      await rewriteNote(app, note, (text) =>
        writeSymptoms(text, readLab(scanCells(text)), fault.id, symptoms),
      );
      const names = symptoms.map(({ of }) => of).join(', ');
      new Notice(`The fault ${fault.id} shows in: ${names}.`);
    });
  }

  /** The user's own template for labs, if there is one. */
  private async labText(content: StubContent): Promise<string> {
    const { app, templates } = this.parts;
    const own = templates() === '' ? null : app.vault.getFileByPath(normalizePath(`${templates()}/lab.md`));
    return own === null ? newLab(content) : fillTemplate(await app.vault.cachedRead(own), content, '');
  }

  /** With the text of each as it may be written into a note; null when one of them shall not be. */
  private async clear<K extends string, T extends Readonly<Record<K, string>>>(
    items: readonly T[],
    key: K,
  ): Promise<readonly T[] | null> {
    const { app, desk } = this.parts;
    const cleared: T[] = [];
    for (const item of items) {
      const text = await forTheNote(app, item[key], desk.params.secrets);
      if (text === null) return null;
      cleared.push({ ...item, [key]: text });
    }
    return cleared;
  }

  private recordedIn(note: string): Recorded[] {
    const { desk } = this.parts;
    return desk
      .cellsOf(note)
      .flatMap((cell) => {
        const run = desk.store.get(note, cell.id);
        return canRecord(cell) && run?.status === 'done' ? [{ cell, run }] : [];
      })
      .sort((a, b) => (a.run.startedAt ?? 0) - (b.run.startedAt ?? 0))
      .map(({ cell, run }) => {
        const output = run.output.plain().trimEnd();
        return { cell, output, role: guessRole(output), keepOutput: output !== '' };
      });
  }

  private async telling(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      new Notice(describeProblem(asProblem(error, what)), 0);
    }
  }
}

function unchanged() {
  return problem('The note was not changed.', 'Every cell was left as it is.', '');
}
