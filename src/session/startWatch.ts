import type { ControlExec } from './channel';
import { shellState } from './control';

export interface Startable {
  readonly pid: number;
  /** Length of the frame that was sent, in bytes. */
  readonly frameLength: number;
  /** True when the cell has begun (or is over) within `ms`. */
  beginsWithin(ms: number): Promise<boolean>;
  /** True when the driver answers a ping within `ms`. */
  pongs(ms: number): Promise<boolean>;
  resend(): void;
  wake(): void;
  giveUp(): void;
}

/** Milliseconds. The driver reads about 1 MB of frame a second; ten times that is granted. */
const patience = (frameLength: number): number => 2000 + frameLength / 100;
const settle = 250;
const rounds = 12;

/**
 * Sees to it that a cell that was sent begins. What is typed while the driver does not read would become input of the
 * cell, so a ping goes out only when the far side's shell sleeps in a read and no begin is on its way. A pong without a
 * begin proves that the frame was never read: frames are read in order. Only then is it sent again.
 */
export async function watchStart(cell: Startable, control: ControlExec): Promise<void> {
  if (await cell.beginsWithin(patience(cell.frameLength))) return;
  for (let round = 0; round < rounds; round++) {
    const reading = await isReading(control, cell.pid);
    if (await cell.beginsWithin(reading === false ? 5000 : settle)) return;
    if (reading === false) continue;
    const answered = await cell.pongs(2000);
    if (await cell.beginsWithin(0)) return;
    if (answered) cell.resend();
    else if (reading === true) cell.wake();
    if (await cell.beginsWithin(patience(cell.frameLength))) return;
  }
  cell.giveUp();
}

/** Null: nobody can say. */
async function isReading(control: ControlExec, pid: number): Promise<boolean | null> {
  try {
    const { inFront, reading } = await shellState(control, pid);
    return inFront && reading;
  } catch {
    return null;
  }
}
