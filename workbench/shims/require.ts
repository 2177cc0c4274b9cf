/** `require` as the plugin sees it: the host, the page's own CodeMirror, and Node's modules with or without `node:`. */
import * as autocomplete from '@codemirror/autocomplete';
import * as commands from '@codemirror/commands';
import * as language from '@codemirror/language';
import * as lint from '@codemirror/lint';
import * as search from '@codemirror/search';
import * as state from '@codemirror/state';
import * as view from '@codemirror/view';
import * as lezerCommon from '@lezer/common';
import * as lezerHighlight from '@lezer/highlight';
import * as lezerLr from '@lezer/lr';
import assert from 'assert/';
import events from 'events/';
import * as stream from 'stream';
import * as stringDecoder from 'string_decoder/';
import util from 'util/';
import type { WorkbenchFacts } from '../protocol';
import { obsidian } from '../host/module';
import { strict } from '../host/base/missing';
import { buffer } from './buffer';
import { commonJs } from './commonJs';
import { crypto } from './crypto';
import { fs, promises } from './fs';
import * as net from './net';
import { path } from './path';
import { childProcess, dns, electron, http, https, readline, tls, tty, workerThreads, zlib } from './stubs';

export function makeRequire(facts: WorkbenchFacts): (name: string) => unknown {
  const modules = new Map<string, unknown>(
    Object.entries({
      obsidian,
      electron: strict('electron', electron),
      '@codemirror/autocomplete': autocomplete,
      '@codemirror/commands': commands,
      '@codemirror/language': language,
      '@codemirror/lint': lint,
      '@codemirror/search': search,
      '@codemirror/state': state,
      '@codemirror/view': view,
      '@lezer/common': lezerCommon,
      '@lezer/highlight': lezerHighlight,
      '@lezer/lr': lezerLr,
      assert,
      buffer,
      child_process: childProcess,
      crypto,
      dns,
      'dns/promises': dns.promises,
      events,
      fs,
      'fs/promises': promises,
      http,
      https,
      net,
      os: osOf(facts),
      path,
      'path/posix': path.posix,
      process,
      readline,
      stream: commonJs(stream),
      'stream/promises': streamPromises(),
      string_decoder: stringDecoder,
      timers: timers(),
      'timers/promises': {
        setTimeout: (ms: number) => new Promise((resolve) => window.setTimeout(resolve, ms)),
      },
      tls,
      tty,
      url: {
        URL,
        URLSearchParams,
        fileURLToPath: (url: string) => decodeURIComponent(new URL(url).pathname),
      },
      util: completeUtil(),
      worker_threads: workerThreads,
      zlib,
    }),
  );
  return (name) => {
    const bare = name.replace(/^node:/, '');
    const found = modules.get(bare);
    if (found !== undefined) return found;
    throw Object.assign(new Error(`Cannot find module '${name}': the workbench has no such module.`), {
      code: 'MODULE_NOT_FOUND',
    });
  };
}

function streamPromises() {
  const legacy = commonJs(stream) as { finished: unknown; pipeline: unknown };
  const promisify = util.promisify as (callback: unknown) => unknown;
  return { finished: promisify(legacy.finished), pipeline: promisify(legacy.pipeline) };
}

function timers() {
  return {
    setTimeout: window.setTimeout.bind(window),
    clearTimeout: window.clearTimeout.bind(window),
    setInterval: window.setInterval.bind(window),
    clearInterval: window.clearInterval.bind(window),
    setImmediate: (callback: () => void) => window.setTimeout(callback),
    clearImmediate: window.clearTimeout.bind(window),
  };
}

/** ECMA-48 control sequences: colours, cursor movements. */
const controlSequence = new RegExp(`${String.fromCharCode(27)}\\[[0-?]*[ -/]*[@-~]`, 'g');

/** The package is an older Node's `util`; this adds what came since. */
function completeUtil(): object {
  return Object.assign(util, {
    TextEncoder,
    TextDecoder,
    isDeepStrictEqual: (left: unknown, right: unknown) => {
      try {
        assert.deepStrictEqual(left, right);
        return true;
      } catch {
        return false;
      }
    },
    stripVTControlCharacters: (text: string) => text.replace(controlSequence, ''),
  });
}

function osOf(facts: WorkbenchFacts): object {
  return {
    EOL: '\n',
    homedir: () => facts.homedir,
    hostname: () => facts.hostname,
    tmpdir: () => '/tmp',
    platform: () => 'linux',
    type: () => 'Linux',
    arch: () => 'x64',
    release: () => '0',
    endianness: () => 'LE',
    cpus: () => [],
    constants: { signals: {} },
    userInfo: () => ({
      username: facts.user,
      homedir: facts.homedir,
      uid: facts.uid,
      gid: facts.gid,
      shell: null,
    }),
  };
}
