import type { Session, SessionAddress, SessionProvider } from '../../runs/contract';
import type { SessionPool } from '../../ssh/pool';

/** The session pool, made on first use: ssh2 is not evaluated before somebody runs a cell. */
export class LazySessions implements SessionProvider {
  private making: Promise<SessionPool> | null = null;
  private pool: SessionPool | null = null;

  constructor(private readonly make: () => Promise<SessionPool>) {}

  async open(address: SessionAddress): Promise<Session> {
    return (await this.load()).open(address);
  }

  close(note: string): void {
    this.pool?.close(note);
  }

  rename(from: string, to: string): void {
    this.pool?.rename(from, to);
  }

  closeAll(): void {
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
