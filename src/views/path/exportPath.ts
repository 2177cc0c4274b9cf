import { Notice, type App } from 'obsidian';
import { folderOf } from '../../path/fold';
import { fileNameFor } from '../../path/fileName';
import { graphToMermaid, pathToSvg } from '../../path/graphExport';
import type { LearningPath, PathMoc } from '../../path/model';
import type { ExportFormat } from './pathToolbar';

/** Saves the picture of MOCs beside the first, under a name no file has yet, or copies it; says which. */
export async function exportPath(
  app: App,
  path: LearningPath,
  mocs: readonly PathMoc[],
  format: ExportFormat,
  png: () => Promise<ArrayBuffer>,
): Promise<void> {
  if (format === 'mermaid') {
    await activeWindow.navigator.clipboard.writeText(`\`\`\`mermaid\n${graphToMermaid(path, mocs)}\`\`\`\n`);
    new Notice('The path is on the clipboard as a Mermaid block.');
    return;
  }
  const [first] = mocs;
  const title = mocs.length > 1 ? 'All maps' : (first?.title ?? '');
  const file = freeName(app, folderOf(first?.path ?? ''), fileNameFor(`${title} path`), format);
  if (format === 'svg') await app.vault.create(file, pathToSvg(path, mocs));
  else await app.vault.createBinary(file, await png());
  new Notice(`Saved as “${file}”.`);
}

function freeName(app: App, folder: string, name: string, extension: string): string {
  const at = (suffix: string) => `${folder === '' ? '' : `${folder}/`}${name}${suffix}.${extension}`;
  let number = 1;
  while (app.vault.getAbstractFileByPath(at(number === 1 ? '' : ` ${number}`))) number++;
  return at(number === 1 ? '' : ` ${number}`);
}
