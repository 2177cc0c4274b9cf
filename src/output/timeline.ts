import { OutputText } from './outputText';

/** Which of two programs that ran side by side wrote something. */
export type TimelineSource = 'cell' | 'capture';

export interface TimelineRow {
  /** Milliseconds since the beginning; when the line began to arrive here. */
  readonly at: number;
  readonly source: TimelineSource;
  readonly text: string;
}

/** The lines of two programs in the order in which they arrived. */
export class Timeline {
  private readonly outputs = { cell: new OutputText(), capture: new OutputText() };
  private readonly times: Record<TimelineSource, number[]> = { cell: [], capture: [] };

  push(source: TimelineSource, bytes: Uint8Array, at: number): void {
    const output = this.outputs[source];
    const times = this.times[source];
    output.push(bytes);
    const count = output.lineCount + output.omittedLines;
    while (times.length < count) times.push(at);
  }

  rows(): TimelineRow[] {
    const rows = (['cell', 'capture'] as const).flatMap((source) => this.rowsOf(source));
    // Stable: what arrived together stays in the order of its program.
    return rows.sort((a, b) => a.at - b.at);
  }

  private rowsOf(source: TimelineSource): TimelineRow[] {
    const output = this.outputs[source];
    return output.lines().map((line, i) => {
      const index = i < output.omittedAt ? i : i + output.omittedLines;
      const text = line.spans.map((span) => span.text).join('');
      return { at: this.times[source][index] ?? 0, source, text };
    });
  }
}
