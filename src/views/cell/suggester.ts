import type { Cell } from '../../cells/cell';
import { netnsOf } from '../../cells/options';
import { readSuggestions, suggestionSource } from '../../cells/suggestions';
import type { Aside } from '../../runs/aside';

export type Suggestion = ReturnType<typeof readSuggestions>[number];

/** What the machine itself knows for a placeholder. Only machines that cells have run on are asked. */
export class Suggester {
  private readonly reached = new Set<string>();

  constructor(private readonly aside: Aside) {}

  /** The user runs cells on this host, so it may be asked. */
  reach(host: string): void {
    this.reached.add(host);
  }

  async suggest(note: string, host: string, cell: Cell, name: string): Promise<Suggestion[]> {
    const source = suggestionSource(name);
    if (source === null || !this.reached.has(host)) return [];
    try {
      const { text } = await this.aside.ask({ note, host, netns: netnsOf(cell.attributes) }, source);
      return readSuggestions(text);
    } catch {
      // Suggestions are a help; what keeps them away will be said when the cell runs.
      return [];
    }
  }
}
