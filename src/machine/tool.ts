import type { PackageFamily } from './distribution';

/** Something a lab machine should have. */
export interface LabTool {
  readonly id: string;
  /** As the notes write it. */
  readonly title: string;
  readonly group: ToolGroup;
  /** Whether every lab counts on it; the others serve some labs, or one way among several. */
  readonly required: boolean;
  /** Command lines that print the version; the first whose program is there is taken. */
  readonly version: readonly string[];
  /** A command line that succeeds only where the tool can really work; none when having it is enough. */
  readonly works?: string;
  /** Names of the packages that bring it, separated by spaces, by distribution family. */
  readonly packages: Readonly<Partial<Record<PackageFamily, string>>>;
  /** Where it comes from when the distribution has no package. */
  readonly source?: string;
  /** Why it cannot work without the rights of the real root over the kernel, as in a sandbox. */
  readonly needsRealRoot?: string;
}

export type ToolGroup =
  | 'Prerequisites'
  | 'Network debugging'
  | 'Process debugging'
  | 'Performance monitoring'
  | 'Security tools'
  | 'Also used by the labs'
  | 'Named in the note';

/** The package is called the same everywhere. */
export const everywhere = (name: string): Record<PackageFamily, string> => ({
  debian: name,
  fedora: name,
  arch: name,
  alpine: name,
  suse: name,
});
