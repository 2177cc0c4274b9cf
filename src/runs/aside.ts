import { OutputText } from '../output/outputText';
import type { SessionAddress, SessionProvider } from './contract';

/** No cell can name it: what is written as `session=` loses its leading `#`. */
const ASIDE = '#aside';

/** Milliseconds after which a look at the machine is given up. */
const PATIENCE = 15_000;

export interface AsideAnswer {
  readonly text: string;
  readonly exitStatus: number | null;
}

/**
 * A shell beside the note's own, for looking at the machine: what is asked here leaves no trace in the learner's session
 * and does not wait for what runs there.
 */
export class Aside {
  constructor(private readonly sessions: SessionProvider) {}

  /** Runs bash source; rejects with a ProblemError when the host cannot be reached. */
  async ask(
    place: Pick<SessionAddress, 'host' | 'note' | 'netns'>,
    source: string,
    timeoutMs = PATIENCE,
  ): Promise<AsideAnswer> {
    const session = await this.sessions.open({ ...place, name: ASIDE });
    const output = new OutputText();
    let exitStatus: number | null = null;
    for await (const event of session.run({ source, timeoutMs })) {
      if (event.type === 'output') output.push(event.bytes, event.stream);
      if (event.type === 'status') exitStatus = event.exitStatus;
    }
    output.end();
    return { text: output.plain(), exitStatus };
  }
}
