/** Node modules that a page cannot have: present, because code loads them, and clear when they are used. */
import EventEmitter from 'events/';

/** A function or class that fails when called or constructed. */
function absent(name: string) {
  return function notInAPage(): never {
    throw Object.assign(new Error(`${name} is not available in the workbench: it is a page in a browser.`), {
      code: 'ENOSYS',
    });
  };
}

type Callback = (error: Error) => void;

/** How a program ended, and what it said. */
export interface ProgramEnd {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

declare global {
  interface Window {
    /** Tests put it there to let the plugin start the programs they grant; nobody else does. */
    workbenchStart?: (program: string, args: readonly string[]) => Promise<ProgramEnd>;
  }
}

/** What it says comes in one piece, when it has ended. */
function spawnGranted(program: string, args: readonly string[], ...rest: unknown[]) {
  const { workbenchStart } = window;
  if (workbenchStart === undefined) return noProgram(program, args, ...rest);
  const child = new EventEmitter();
  const stream = () => Object.assign(new EventEmitter(), { setEncoding: returnsItself });
  const [stdout, stderr] = [stream(), stream()];
  workbenchStart(program, args).then(
    (end) => {
      if (end.stderr !== '') stderr.emit('data', end.stderr);
      if (end.stdout !== '') stdout.emit('data', end.stdout);
      child.emit('close', end.status);
    },
    (error: unknown) => child.emit('error', error),
  );
  return Object.assign(child, { stdout, stderr });
}

function returnsItself<T>(this: T): T {
  return this;
}

/** `execFile` and `exec` answer as if the program were not installed. */
function noProgram(program: string, ...rest: unknown[]) {
  const error = Object.assign(new Error(`spawn ${program} ENOENT: the workbench starts no programs.`), {
    code: 'ENOENT',
    syscall: `spawn ${program}`,
    path: program,
  });
  const callback = rest.at(-1);
  if (typeof callback !== 'function') throw error;
  window.setTimeout(() => (callback as Callback)(error));
  return { kill: () => false, on: () => undefined, once: () => undefined };
}

export const childProcess = {
  execFile: noProgram,
  exec: noProgram,
  spawn: spawnGranted,
  fork: noProgram,
  execFileSync: noProgram,
  execSync: noProgram,
  spawnSync: noProgram,
};

class Agent {
  readonly options = {};

  destroy(): void {
    // Holds nothing.
  }
}

export const http = {
  Agent,
  globalAgent: new Agent(),
  request: absent('http.request'),
  get: absent('http.get'),
  createServer: absent('http.createServer'),
};

export const https = { ...http };

export const tls = { connect: absent('tls.connect'), TLSSocket: absent('tls.TLSSocket') };

/** Names are looked up by the server when it connects; only this machine can be reached. */
export const dns = {
  lookup(name: string, ...rest: unknown[]) {
    const callback = rest.at(-1) as (error: Error | null, address: string, family: number) => void;
    window.setTimeout(() => callback(null, name === 'localhost' ? '127.0.0.1' : name, 4));
  },
  promises: {
    lookup: async (name: string) => ({ address: name === 'localhost' ? '127.0.0.1' : name, family: 4 }),
  },
};

/**
 * ssh2 takes the class behind an inflater when it is loaded, and makes one only when both sides ask for compression,
 * which the plugin never does.
 */
class ZlibHandle {
  init(): never {
    return absent('zlib')();
  }
}

const compressor = () => ({ _handle: new ZlibHandle() });

export const zlib = {
  constants: {},
  createDeflate: compressor,
  createInflate: compressor,
  createGzip: absent('zlib.createGzip'),
  createGunzip: absent('zlib.createGunzip'),
  gzipSync: absent('zlib.gzipSync'),
  gunzipSync: absent('zlib.gunzipSync'),
};

export const tty = { isatty: () => false };

export const readline = { createInterface: absent('readline.createInterface') };

export const workerThreads = {
  isMainThread: true,
  Worker: absent('worker_threads.Worker'),
  parentPort: null,
};

/** What a plugin may touch without asking whether it is there; nothing behind it works. */
export const electron = {
  shell: {
    openExternal: async (url: string) => void window.open(url, '_blank', 'noopener'),
    openPath: absent('electron.shell.openPath'),
  },
  clipboard: {
    writeText: (text: string) => void navigator.clipboard.writeText(text),
    readText: absent('electron.clipboard.readText'),
  },
  remote: undefined,
};
