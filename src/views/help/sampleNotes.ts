import { normalizePath, Notice, type App, type TFile } from 'obsidian';
import { problem, ProblemError } from '../../base/problem';
import cells from './sample/First cells.md';
import lab from './sample/First lab.md';
import map from './sample/MOC - First path.md';

const FOLDER = 'Labpath sample';
/** The map comes last, so that it finds its notes. */
const NOTES: readonly (readonly [name: string, text: string])[] = [
  ['First cells.md', cells],
  ['First lab.md', lab],
  ['MOC - First path.md', map],
];

/** Writes a map and two notes to begin with into a folder of their own; gives the map. Nothing is overwritten. */
export async function createSampleNotes(app: App): Promise<TFile> {
  const { vault } = app;
  const folder = normalizePath(FOLDER);
  if (vault.getAbstractFileByPath(folder)) {
    throw new ProblemError(
      problem(
        'The sample notes were not written.',
        `There is something called “${folder}” in this vault already.`,
        'Open it, or give it another name and try again.',
      ),
    );
  }
  await vault.createFolder(folder);
  const created: TFile[] = [];
  for (const [name, text] of NOTES) created.push(await vault.create(`${folder}/${name}`, text));
  offerUndo(app, created);
  const [moc] = created.slice(-1);
  if (moc === undefined) throw new Error('There are no sample notes.');
  return moc;
}

/** What was written can be taken back; notes that were changed since are kept. */
function offerUndo(app: App, created: readonly TFile[]): void {
  const texts = new Map(NOTES);
  const message = createFragment((body) => {
    body.appendText(`Wrote ${created.length} notes into “${FOLDER}”. `);
    const undo = body.createEl('button', { text: 'Undo' });
    undo.addEventListener('click', () => void takeBack());
  });
  const notice = new Notice(message, 15_000);
  const takeBack = async (): Promise<void> => {
    notice.hide();
    let kept = 0;
    for (const file of created) {
      const isOurs = (await app.vault.read(file).catch(() => null)) === texts.get(file.name);
      if (isOurs) await app.fileManager.trashFile(file);
      else kept++;
    }
    const folder = app.vault.getFolderByPath(FOLDER);
    if (folder?.children.length === 0) await app.fileManager.trashFile(folder);
    new Notice(kept === 0 ? 'The sample notes are gone.' : `${kept} of the notes were changed, and stay.`);
  };
}
