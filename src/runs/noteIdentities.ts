/**
 * A name for each note that stays when the note is renamed: the path it had when it was first run. Queues and the lab's
 * folder on the machine go by it. Another note that later takes the old path gets another name.
 */
export class NoteIdentities {
  private readonly byPath = new Map<string, string>();

  of(path: string): string {
    const known = this.byPath.get(path);
    if (known !== undefined) return known;
    const taken = new Set(this.byPath.values());
    let identity = path;
    for (let nth = 2; taken.has(identity); nth++) identity = `${path}#${nth}`;
    this.byPath.set(path, identity);
    return identity;
  }

  rename(from: string, to: string): void {
    const identity = this.byPath.get(from);
    if (identity === undefined || from === to) return;
    this.byPath.delete(from);
    this.byPath.set(to, identity);
  }
}
