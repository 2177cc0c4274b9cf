import type { Problem } from '../base/problem';
import type { NoteKind } from '../moc/moc';
import { burnDown, type BurnDay } from './burnDown';
import type { AuthoringState, LearningPath, PathRow, PlannedBy, Progress } from './model';

export interface JsonItem {
  readonly title: string;
  readonly kind: NoteKind;
  /** Why there is no note yet; null as soon as there is one. */
  readonly planned: PlannedBy | null;
  /** Vault path, or null. */
  readonly note: string | null;
  readonly state: AuthoringState;
  readonly section: string;
  /** 1-based line in the MOC. */
  readonly line: number;
}

export interface JsonStep {
  readonly title: string;
  readonly note: string | null;
  readonly state: AuthoringState;
  /** Null also for a plain name without a note; its state is then `planned`. */
  readonly planned: PlannedBy | null;
}

/** The shape `labpath path --json` prints. */
export interface JsonPath {
  readonly mocs: readonly {
    readonly path: string;
    readonly title: string;
    readonly items: readonly JsonItem[];
    readonly tracks: readonly {
      readonly title: string;
      readonly steps: readonly JsonStep[];
      readonly progress: Progress;
    }[];
    readonly sections: readonly { readonly title: string; readonly progress: Progress }[];
    readonly progress: Progress;
  }[];
  readonly progress: Progress;
  /** What was left, day by day. */
  readonly burnDown: readonly BurnDay[];
  readonly warnings: readonly Problem[];
}

export function pathToJson(path: LearningPath): JsonPath {
  return {
    mocs: path.mocs.map(({ path: file, title, items, tracks, sections, progress }) => ({
      path: file,
      title,
      items: items.map(itemToJson),
      tracks: tracks.map((track) => ({
        title: track.title,
        steps: track.steps.map(stepToJson),
        progress: track.progress,
      })),
      sections: sections.map((section) => ({ title: section.title, progress: section.progress })),
      progress,
    })),
    progress: path.progress,
    burnDown: burnDown(path.nodes.values()),
    warnings: path.warnings,
  };
}

function itemToJson({ row, node, planned }: PathRow): JsonItem {
  return {
    title: row.title,
    kind: node.kind,
    planned,
    note: node.note,
    state: node.state,
    section: row.section,
    line: row.line,
  };
}

function stepToJson({ row, node, planned }: PathRow): JsonStep {
  return { title: row.title, note: node.note, state: node.state, planned };
}
