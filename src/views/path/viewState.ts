import type { EdgeKind } from '../../path/model';

/** What a path view remembers with the workspace. */
export interface PathViewState {
  /** Vault path of the MOC shown, or null for the one that suits the active note. */
  readonly moc: string | null;
  /** All maps in one picture. */
  readonly all: boolean;
  readonly list: boolean;
  readonly edges: readonly EdgeKind[];
}

const KINDS: readonly EdgeKind[] = ['track', 'prerequisite', 'see-also', 'same'];

export const DEFAULT_VIEW_STATE: PathViewState = {
  moc: null,
  all: false,
  list: false,
  edges: ['track'],
};

/** A state out of whatever an older or another version has saved. */
export function readViewState(saved: unknown): PathViewState {
  if (typeof saved !== 'object' || saved === null) return DEFAULT_VIEW_STATE;
  const { moc, all, list, edges } = saved as Record<string, unknown>;
  return {
    moc: typeof moc === 'string' ? moc : null,
    all: all === true,
    list: list === true,
    edges: Array.isArray(edges) ? KINDS.filter((kind) => edges.includes(kind)) : DEFAULT_VIEW_STATE.edges,
  };
}
