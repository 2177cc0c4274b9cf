import type { PathMoc, PathNode, PathTrack } from './model';

/** Where a note stands in a track. */
export interface TrackPlace {
  readonly moc: PathMoc;
  readonly track: PathTrack;
  /** 0-based. */
  readonly step: number;
  readonly previous: PathNode | null;
  readonly next: PathNode | null;
}

/** The first track of a MOC in which a note is a step, or null. */
export function trackPlace(moc: PathMoc, note: string): TrackPlace | null {
  for (const track of moc.tracks) {
    const step = track.steps.findIndex(({ node }) => node.note === note);
    if (step === -1) continue;
    return {
      moc,
      track,
      step,
      previous: track.steps[step - 1]?.node ?? null,
      next: track.steps[step + 1]?.node ?? null,
    };
  }
  return null;
}
