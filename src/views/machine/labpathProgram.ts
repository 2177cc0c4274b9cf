/* global process -- the desktop app runs pages with Node's environment */
import { problem, ProblemError, type Problem } from '../../base/problem';

/** A program and its first arguments. */
export type CommandLine = readonly [string, ...string[]];

/** Where the headless twin may be: on the PATH, in the usual places, or beside the plugin (as labpath.mjs, run by node). */
export interface Places {
  /** Absolute path of the plugin's own folder; null where that is not known. */
  readonly pluginFolder: string | null;
}

/**
 * Finds the program that starts lab machines: the same as on the command line, because a machine shall outlive the app.
 *
 * @throws ProblemError when it is not there.
 */
export async function findLabpath({ pluginFolder }: Places): Promise<CommandLine> {
  const { findProgram, searchPath } = await import('../../machine/hostTools');
  const { env } = process;
  const path = [...searchPath(env), '/usr/local/bin', `${env.HOME ?? ''}/.local/bin`];
  const installed = await findProgram('labpath', path);
  if (installed !== null) return [installed];
  const node = await findProgram('node', path);
  const { access } = await import('node:fs/promises');
  const bundled = `${pluginFolder ?? ''}/labpath.mjs`;
  const isBundled =
    pluginFolder !== null &&
    (await access(bundled).then(
      () => true,
      () => false,
    ));
  if (isBundled && node !== null) return [node, bundled];
  throw new ProblemError(notFound(isBundled));
}

function notFound(isBundled: boolean): Problem {
  const what = 'Lab machines cannot be started from here.';
  return isBundled
    ? problem(
        what,
        'The program node was not found.',
        'Install Node.js 20 or newer, or start the machine in a terminal.',
      )
    : problem(
        what,
        'The command labpath was not found.',
        'Put it on your PATH, or labpath.mjs (npm run build makes it) into the plugin’s folder; or start the machine in a terminal: labpath lab up.',
      );
}
