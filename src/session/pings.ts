import { hex } from './bytes';
import { within, type Clock } from './clock';

/** One question at a time whether the driver reads frames at all. */
export class Pings {
  private token = '';
  private answered: () => void = () => undefined;

  constructor(
    private readonly clock: Clock,
    private readonly randomBytes: (count: number) => Uint8Array,
  ) {}

  /** True when the pong to what `send` sends comes within `ms`. */
  ask(ms: number, send: (token: string) => void): Promise<boolean> {
    const pong = new Promise<void>((resolve) => {
      this.answered = resolve;
    });
    this.token = hex(this.randomBytes(8));
    send(this.token);
    return within(this.clock, ms, pong);
  }

  pong(token: string): void {
    if (token === this.token) this.answered();
  }
}
