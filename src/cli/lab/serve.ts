import { closeSync, writeSync } from 'node:fs';
import { optionsFromText } from '../../machine/options';
import { serveAndReport } from '../../machine/start';
import type { Io } from '../command';

/** The server process that `up` starts: `serve NAME OPTIONS`, not for people. */
export function serve([name = '', options = '']: readonly string[], io: Io): Promise<number> {
  return serveAndReport(name, optionsFromText(options), io.env, reportToStarter);
}

/** `up` reads file descriptor 3 to its end; that it may have been killed meanwhile is no reason to stop serving. */
function reportToStarter(line: string, isLast: boolean): void {
  try {
    writeSync(3, line);
    if (isLast) closeSync(3);
  } catch {
    return;
  }
}
