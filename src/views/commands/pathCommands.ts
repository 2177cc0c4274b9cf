import { Notice, type App, type Command } from 'obsidian';
import type { LearnedBook } from '../path/learnedBook';
import type { PathIndex } from '../path/pathIndex';
import type { StubMaker } from '../stubs/stubMaker';
import type { VaultSource } from '../vaultSource';

export interface PathCommandParts {
  readonly app: App;
  readonly index: PathIndex;
  readonly source: VaultSource;
  readonly stubs: StubMaker;
  readonly learned: LearnedBook;
  readonly openPath: () => Promise<void>;
}

/** Everything that can be done with the path, without a mouse. */
export function pathCommands({ app, index, source, stubs, learned, openPath }: PathCommandParts): Command[] {
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
    withMoc('create-all-planned', 'Create all planned notes of this map', 'files', (moc) =>
      stubs.report(stubs.createSelection({ moc })),
    ),
    {
      id: 'mark-completed',
      name: 'Mark note as completed',
      icon: 'circle-check',
      checkCallback: (checking) => {
        const file = app.workspace.getActiveFile();
        const note = file ? source.note(file.path) : null;
        if (!note) return false;
        if (!checking) {
          void learned.set(note, 'completed').then(() => new Notice(`“${note.title}” is completed.`));
        }
        return true;
      },
    },
  ];
}
