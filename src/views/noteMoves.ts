import type { TAbstractFile, Vault } from 'obsidian';

/** Milliseconds between the two halves of a rename that another program made: a file goes, another comes. */
const WITHIN = 5000;

export interface NoteMovesParts {
  readonly vault: Pick<Vault, 'getFileByPath' | 'cachedRead'>;
  /** The text of a note as it was last seen, or null when nobody looked at it. */
  readonly lastText: (path: string) => string | null;
  readonly moved: (from: string, to: string) => void;
  /** The note is gone and did not come back under another name. */
  readonly removed: (path: string) => void;
  readonly setTimer: (ms: number, fire: () => void) => () => void;
}

/**
 * Tells renames from removals. The app reports its own renames; one that a shell, a sync client or a git checkout made
 * arrives as a file that went and another that came, in either order. They are the same note when the texts are.
 */
export class NoteMoves {
  private readonly gone = new Map<string, { readonly text: string | null; readonly cancel: () => void }>();
  private readonly come = new Map<string, { readonly text: string; readonly cancel: () => void }>();

  constructor(private readonly parts: NoteMovesParts) {}

  onRename(file: TAbstractFile, oldPath: string): void {
    this.parts.moved(oldPath, file.path);
  }

  onDelete(file: TAbstractFile): void {
    const { path } = file;
    const text = normal(this.parts.lastText(path));
    const twin = text === null ? undefined : [...this.come].find(([, there]) => there.text === text);
    if (twin) {
      this.take(this.come, twin[0]);
      this.parts.moved(path, twin[0]);
      return;
    }
    const cancel = this.parts.setTimer(WITHIN, () => {
      this.gone.delete(path);
      this.parts.removed(path);
    });
    this.gone.set(path, { text, cancel });
  }

  async onCreate(file: TAbstractFile): Promise<void> {
    const { path } = file;
    // Written anew by a program that replaces files.
    if (this.gone.has(path)) {
      this.take(this.gone, path);
      return;
    }
    const note = this.parts.vault.getFileByPath(path);
    if (note?.extension !== 'md') return;
    const text = normal(await this.parts.vault.cachedRead(note)) ?? '';
    const twin = text === '' ? undefined : [...this.gone].find(([, there]) => there.text === text);
    if (twin) {
      this.take(this.gone, twin[0]);
      this.parts.moved(twin[0], path);
      return;
    }
    const cancel = this.parts.setTimer(WITHIN, () => this.come.delete(path));
    this.come.set(path, { text, cancel });
  }

  /** Waits for nothing any more. */
  close(): void {
    for (const { cancel } of [...this.gone.values(), ...this.come.values()]) cancel();
  }

  private take(from: Map<string, { readonly cancel: () => void }>, path: string): void {
    from.get(path)?.cancel();
    from.delete(path);
  }
}

/** The editor's text has LF line ends, a file may have others. */
function normal(text: string | null): string | null {
  return text === null ? null : text.replaceAll('\r\n', '\n');
}
