import { Emitter } from '../ui/emitter';

/** What the lab machine was seen to lack when labs were started on it. Another machine is another story: see `forget`. */
export class MachineLacks {
  readonly changed = new Emitter<void>();
  private readonly lacking = new Set<string>();

  /** These requirements were looked for, and those are missing. */
  learn(requirements: readonly string[], missing: readonly string[]): void {
    const before = this.lacking.size;
    let found = false;
    for (const each of requirements) {
      if (missing.includes(each)) this.lacking.add(each);
      else found = this.lacking.delete(each) || found;
    }
    if (found || this.lacking.size !== before) this.changed.emit();
  }

  forget(): void {
    if (this.lacking.size === 0) return;
    this.lacking.clear();
    this.changed.emit();
  }

  /** Of these requirements, the ones the machine is known to lack. */
  readonly of = (requirements: readonly string[]): readonly string[] =>
    requirements.filter((each) => this.lacking.has(each));
}
