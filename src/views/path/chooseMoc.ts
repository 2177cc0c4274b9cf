import type { LearningPath, PathMoc } from '../../path/model';
import { rootOf } from '../../path/order';
import type { PathIndex } from './pathIndex';

/** The MOC to show: the chosen one, else that of the note last looked at, else the one to begin with. */
export function chooseMoc(
  path: LearningPath,
  index: PathIndex,
  chosen: string | null,
  activeNote: string | null,
): PathMoc | null {
  const picked = chosen === null ? null : path.moc(chosen);
  if (picked) return picked;
  const around = activeNote === null ? null : index.mocOf(activeNote);
  const withTracks = path.mocs.filter(({ tracks }) => tracks.length > 0);
  return around ?? rootOf({ mocs: withTracks.length > 0 ? withTracks : path.mocs });
}
