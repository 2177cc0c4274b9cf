/** Paths and link texts as Obsidian writes them. */

/** obsidian.d.ts "function normalizePath": `/` between names, none at the ends, plain spaces, Unicode NFC. */
export function normalizePath(path: string): string {
  const joined = path
    .replace(/[\\/]+/g, '/')
    .replace(/^\/+|\/+$/g, '')
    .replace(/[\u00a0\u202f]/g, ' ')
    .normalize('NFC');
  return joined === '' ? '/' : joined;
}

/** The part of a link text before `#`: `Note#Heading` → `Note` (obsidian.d.ts "function getLinkpath"). */
export function getLinkpath(linktext: string): string {
  return parseLinktext(linktext).path;
}

/** `Note#Heading#Sub` → path `Note`, subpath `#Heading#Sub` (obsidian.d.ts "function parseLinktext"). */
export function parseLinktext(linktext: string): { path: string; subpath: string } {
  const text = linktext.replace(/\u00a0/g, ' ').normalize('NFC');
  const hash = text.indexOf('#');
  return hash < 0 ? { path: text, subpath: '' } : { path: text.slice(0, hash), subpath: text.slice(hash) };
}

export function parentPath(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '/' : path.slice(0, slash);
}

export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `folder` may be `/`, the vault itself. */
export function joinPath(folder: string, name: string): string {
  return folder === '/' || folder === '' ? name : `${folder}/${name}`;
}

/** obsidian.d.ts "function stripHeadingForLink": what may not stand in the subpath of a link becomes a space. */
export function stripHeadingForLink(heading: string): string {
  return heading
    .replace(/([:#|^\\\r\n]|%%|\[\[|]])/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** obsidian.d.ts "function stripHeading": punctuation out and spaces folded, to compare headings. */
export function stripHeading(heading: string): string {
  return heading
    .replace(/[!"#$%&()*+,.:;<=>?@^`{|}~/[\]\\\r\n]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
