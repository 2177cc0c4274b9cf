/** A name as it is compared: case, composed or decomposed accents and runs of spaces make no difference. */
export function foldName(name: string): string {
  return name.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
}

/** File name of a vault path without `.md`. */
export function noteTitle(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.md$/i, '');
}

/** Folder of a vault path; empty at the vault's root. */
export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}
