import type { PathMoc } from './model';
import type { RowLink } from './linkRow';
import { mocRows } from './order';
import { isWritten } from './state';

/**
 * The rows of a MOC that still call a note planned although somebody has written it. `linkRows` makes them links and
 * takes their markers away; what a heading says above them stays, for it may speak of others too.
 *
 * @param linkTo the linkpath of a note, as the MOC should write it
 */
export function staleRows(moc: PathMoc, linkTo: (note: string) => string): RowLink[] {
  return mocRows(moc).flatMap(({ row, node }) => {
    const says = row.planned === 'marker' || (row.planned === 'heading' && row.link === null);
    if (!says || node.note === null || !isWritten(node)) return [];
    return [{ item: row, target: linkTo(node.note) }];
  });
}
