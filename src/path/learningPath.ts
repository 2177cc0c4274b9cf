import type { Moc } from '../moc/moc';
import type { LearningPath } from './model';
import type { NoteFacts } from './noteFacts';
import { PathModel } from './pathModel';
import type { Learned } from './progressRecord';

export interface PathInput {
  /** The parsed MOCs. */
  readonly mocs: readonly Moc[];
  /** Every note of the vault, the MOCs among them. */
  readonly notes: readonly NoteFacts[];
  readonly learned: Learned;
}

/** Joins MOCs, notes and the learner's book to one graph, once. */
export function buildPath({ mocs, notes, learned }: PathInput): LearningPath {
  const byPath = new Map(mocs.map((moc) => [moc.path, moc]));
  const model = new PathModel();
  for (const note of notes) model.setNote(note, byPath.get(note.path) ?? null);
  model.setLearned(learned);
  return model.settle();
}
