import { problem, ProblemError, type Problem } from '../base/problem';
import { loadPath } from '../path/load';
import type { LearningPath } from '../path/model';
import { openVault, type FolderVault } from './folder';
import { readLearned } from './learned';

/** A vault on disk with its path. */
export interface VaultPath {
  readonly vault: FolderVault;
  readonly path: LearningPath;
  /** What could not be read: the path lacks whatever these files hold. */
  readonly problems: readonly Problem[];
}

/** Opens the vault in a folder and builds its path. Rejects with a ProblemError also when it holds no MOC. */
export async function openVaultPath(dir: string): Promise<VaultPath> {
  const vault = await openVault(dir);
  const book = await readLearned(vault.dir);
  const { path, unreadable } = await loadPath(vault, book.learned);
  if (path.mocs.length === 0 && unreadable.length === 0) {
    const count = vault.notes().length;
    throw new ProblemError(
      problem(
        `There is no MOC in ${dir}.`,
        count === 0
          ? 'The folder holds no notes.'
          : `None of its ${count} notes says \`type: map\` in its frontmatter.`,
        'Add `type: map` to the frontmatter of the note that lists the others.',
      ),
    );
  }
  const problems = [...vault.problems, ...unreadable, ...(book.problem ? [book.problem] : [])];
  return { vault, path, problems };
}
