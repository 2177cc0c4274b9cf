import type { Metafile } from 'esbuild';

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly texts: readonly string[];
  /** Bytes in the output. */
  readonly bytes: number;
}

export function bundledPackages(metafile: Metafile, root: string): BundledPackage[];
export function licenceText(packages: readonly BundledPackage[]): string;
