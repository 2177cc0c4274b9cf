/** The globals that Electron gives a plugin beside the browser's own. */
import type { WorkbenchFacts } from '../protocol';

export function installNodeGlobals(facts: WorkbenchFacts, require: (name: string) => unknown): void {
  Object.assign(process, {
    platform: 'linux',
    arch: 'x64',
    env: { ...facts.env },
    versions: { node: '20.0.0', electron: '0', chrome: '0' },
    version: 'v20.0.0',
    pid: 1,
    getuid: () => facts.uid,
    getgid: () => facts.gid,
    cwd: () => '/',
    hrtime: Object.assign(hrtime, { bigint: () => BigInt(Math.round(performance.now() * 1e6)) }),
  });
  Object.assign(window, {
    global: window,
    process,
    Buffer,
    require,
    setImmediate: (callback: (...args: unknown[]) => void, ...args: unknown[]) =>
      window.setTimeout(() => callback(...args)),
    clearImmediate: (handle: number) => window.clearTimeout(handle),
  });
}

/** Seconds and nanoseconds since some moment, or since `before`. */
function hrtime(before?: readonly [number, number]): [number, number] {
  const nanoseconds = Math.round(performance.now() * 1e6) - (before ? before[0] * 1e9 + before[1] : 0);
  return [Math.floor(nanoseconds / 1e9), nanoseconds % 1e9];
}
