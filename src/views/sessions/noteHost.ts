import type { App } from 'obsidian';
import type { Settings } from '../settings/settings';

/** The host of a note's cells that name none: the note's `host` property, else the default host. */
export function hostOfNote(app: App, settings: Settings, note: string): string {
  const frontmatter: Readonly<Record<string, unknown>> | undefined =
    app.metadataCache.getCache(note)?.frontmatter;
  const host = frontmatter?.host;
  return typeof host === 'string' && host.trim() !== '' ? host.trim() : settings.defaultHost;
}
