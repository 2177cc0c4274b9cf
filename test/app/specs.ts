/**
 * What is claimed of the app whichever one it is, the workbench or Obsidian itself: the specs that both run. They see
 * nothing but the app's own API and the page.
 */
import type { App } from 'obsidian';

/** One claim; `look` runs in the page and gives what was seen. */
export interface AppSpec {
  readonly claim: string;
  readonly look: (app: App) => unknown;
  readonly expected: unknown;
}

export const appSpecs: readonly AppSpec[] = [
  {
    claim: 'the ribbon has a button that opens the learning path',
    look: () => document.querySelector('[aria-label="Open learning path"]') !== null,
    expected: true,
  },
  {
    claim: 'the map of the sample vault is a note whose properties are read',
    look: (app) => {
      const frontmatter: Readonly<Record<string, unknown>> | undefined = app.metadataCache.getCache(
        'MOC - Hands-on Container Labs.md',
      )?.frontmatter;
      return frontmatter?.['type'];
    },
    expected: 'map',
  },
  {
    claim: 'no cell has run by opening the vault',
    look: () => document.querySelectorAll('.labpath-status:not(:empty)').length,
    expected: 0,
  },
];
