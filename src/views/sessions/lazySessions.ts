import { problem, ProblemError, type Problem } from '../../base/problem';
import type { Session, SessionAddress, SessionProvider } from '../../runs/contract';
import type { SessionPool } from '../../ssh/pool';

/** The session pool, made on first use: ssh2 is not evaluated before somebody runs a cell. */
export class LazySessions implements SessionProvider {
  private making: Promise<SessionPool> | null = null;
  private pool: SessionPool | null = null;
  private closed = false;

  constructor(private readonly make: () => Promise<SessionPool>) {}

  async open(address: SessionAddress, onSlow?: (why: Problem) => void): Promise<Session> {
    const pool = await this.load();
    if (this.closed)
      throw new ProblemError(problem('Labpath has been switched off.', '', 'Switch it on again.'));
    return pool.open(address, onSlow);
  }

  close(note: string): void {
    this.pool?.close(note);
  }

  rename(from: string, to: string): void {
    this.pool?.rename(from, to);
  }

  /** For good: the plugin is being unloaded. */
  closeAll(): void {
    this.closed = true;
    this.pool?.closeAll();
  }

  private load(): Promise<SessionPool> {
    this.making ??= this.make().then(
      (pool) => (this.pool = pool),
      (error: unknown) => {
        // The next try may fare better.
        this.making = null;
        throw error;
      },
    );
    return this.making;
  }
}
