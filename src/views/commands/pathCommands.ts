import { Notice, type App, type Command } from 'obsidian';
import { asProblem, describeProblem } from '../../base/problem';
import { nextUpInVault } from '../../path/next';
import type { LearnerState } from '../../path/progressRecord';
import type { MocEdits } from '../moc/mocEdits';
import type { PathActions } from '../path/actions';
import type { LearnedBook } from '../path/learnedBook';
import type { PathIndex } from '../path/pathIndex';
import { ProgressModal } from '../path/progressModal';
import type { StubMaker } from '../stubs/stubMaker';
import type { VaultSource } from '../vaultSource';

export interface PathCommandParts {
  readonly app: App;
  readonly index: PathIndex;
  readonly source: VaultSource;
  readonly stubs: StubMaker;
  readonly learned: LearnedBook;
  readonly actions: PathActions;
  readonly edits: MocEdits;
  readonly openPath: () => Promise<void>;
  readonly openList: () => Promise<void>;
  /** ISO 8601. */
  readonly now: () => string;
}

const STATES: readonly (readonly [LearnerState, id: string, name: string, done: string])[] = [
  ['completed', 'mark-completed', 'Mark note as completed', 'completed'],
  ['in-progress', 'mark-in-progress', 'Mark note as in progress', 'in progress'],
  ['skipped', 'skip-note', 'Skip note', 'skipped'],
  ['not-started', 'mark-not-started', 'Mark note as not started', 'not started'],
];

/** Everything that can be done with the path, without a mouse. */
export function pathCommands(parts: PathCommandParts): Command[] {
  const { app, index, source, stubs, edits, learned, openPath, openList } = parts;
  const activeMoc = (): string | null => {
    const file = app.workspace.getActiveFile();
    return file ? (index.mocOf(file.path)?.path ?? null) : null;
  };
  const withMoc = (id: string, name: string, icon: string, act: (moc: string) => void): Command => ({
    id,
    name,
    icon,
    checkCallback: (checking) => {
      const moc = activeMoc();
      if (moc === null) return false;
      if (!checking) act(moc);
      return true;
    },
  });
  return [
    { id: 'open-path', name: 'Open learning path', icon: 'route', callback: () => void openPath() },
    {
      id: 'create-planned-note',
      name: 'Create planned note',
      icon: 'file-plus',
      callback: () => stubs.report(stubs.pickOne(activeMoc())),
    },
    withMoc('create-planned-section', 'Create planned notes of a section', 'folder-plus', (moc) =>
      stubs.report(stubs.pickSection(moc)),
    ),
    withMoc('create-planned-track', 'Create planned notes of a track', 'list-ordered', (moc) =>
      stubs.report(stubs.pickTrack(moc)),
    ),
    withMoc('create-all-planned', 'Create all planned notes of this map', 'files', (moc) =>
      stubs.report(stubs.createSelection({ moc })),
    ),
    {
      id: 'create-all-missing',
      name: 'Create all planned notes of the vault',
      icon: 'files',
      callback: () => stubs.report(stubs.createSelection({})),
    },
    withMoc('show-progress', 'Show progress', 'trending-up', (moc) => {
      const shown = index.moc(moc);
      if (index.current && shown) new ProgressModal(app, index.current, shown).open();
    }),
    withMoc('sync-map', 'Bring map up to date with its notes', 'refresh-cw', (moc) =>
      report(edits.sync(moc), 'The map could not be changed.'),
    ),
    withMoc('repair-headings', 'Repair headings of this map', 'wrench', (moc) =>
      report(edits.repairHeadings(moc), 'The map could not be changed.'),
    ),
    {
      id: 'open-path-list',
      name: 'Open path list in the sidebar',
      icon: 'list-tree',
      callback: () => void openList(),
    },
    {
      id: 'open-next',
      name: 'Open what is next',
      icon: 'skip-forward',
      callback: () => void openNext(parts),
    },
    ...STATES.map(([state, id, name, done]): Command => ({
      id,
      name,
      icon: 'circle-check',
      checkCallback: (checking) => {
        const file = app.workspace.getActiveFile();
        const note = file ? source.note(file.path) : null;
        if (!note) return false;
        if (!checking) {
          void learned.set(note, state).then(() => new Notice(`“${note.title}” is ${done}.`));
        }
        return true;
      },
    })),
  ];
}

async function openNext({ app, index, actions, now }: PathCommandParts): Promise<void> {
  const path = await index.load();
  const file = app.workspace.getActiveFile();
  const next = nextUpInVault(path, now(), file ? index.mocOf(file.path) : null);
  if (next) actions.open(next.node, file?.path ?? '', false);
  else new Notice('Nothing is next: every written note is completed, skipped or waits for another.');
}

function report(work: Promise<void>, what: string): void {
  work.catch((error: unknown) => new Notice(describeProblem(asProblem(error, what)), 0));
}
