/** The vault's tree in memory (obsidian.d.ts "class TAbstractFile", "TFile", "TFolder"). */
import type * as O from 'obsidian';
import { fileName } from '../base/paths';

export class TAbstractFile implements O.TAbstractFile {
  path: string;
  name: string;
  parent: TFolder | null = null;

  constructor(
    readonly vault: O.Vault,
    path: string,
  ) {
    this.path = path;
    this.name = fileName(path);
  }

  /** Gives the file another path; the tree is the caller's business. */
  setPath(path: string): void {
    this.path = path;
    this.name = fileName(path);
  }
}

export class TFile extends TAbstractFile implements O.TFile {
  stat: O.FileStats = { ctime: 0, mtime: 0, size: 0 };
  basename = '';
  extension = '';

  constructor(vault: O.Vault, path: string) {
    super(vault, path);
    this.setPath(path);
  }

  override setPath(path: string): void {
    super.setPath(path);
    const dot = this.name.lastIndexOf('.');
    this.extension = dot > 0 ? this.name.slice(dot + 1).toLowerCase() : '';
    this.basename = dot > 0 ? this.name.slice(0, dot) : this.name;
  }
}

/** The root is the folder with path `/` and an empty name. */
export class TFolder extends TAbstractFile implements O.TFolder {
  children: TAbstractFile[] = [];

  isRoot(): boolean {
    return this.path === '/';
  }
}
