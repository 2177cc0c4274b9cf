/** What can be told to wait: the terminal, the pipes. */
export interface Source {
  pause(): void;
  resume(): void;
}

/** Makes all sources of a session wait while its reader does. */
export class BackPressure {
  private paused = false;

  constructor(private readonly sources: () => readonly Source[]) {}

  pause(): void {
    if (this.paused) return;
    this.paused = true;
    for (const source of this.sources()) source.pause();
  }

  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    for (const source of this.sources()) source.resume();
  }
}
