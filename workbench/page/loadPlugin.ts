/** Runs the shipped main.js as Obsidian does: a CommonJS module whose export is the plugin's class. */
import type { PluginFacts, WorkbenchFacts } from '../protocol';
import type { App } from '../host/app';
import { Plugin } from '../host/plugin';
import { installNodeGlobals } from '../shims/nodeGlobals';
import { makeRequire } from '../shims/require';

type PluginModule = (
  require: (name: string) => unknown,
  module: { exports: unknown },
  exports: unknown,
  dirname: string,
) => void;
type PluginClass = new (app: App, manifest: PluginFacts & { dir: string }) => Plugin;

declare global {
  interface Window {
    /** Called by the script that carries main.js. */
    workbenchPlugin?: (run: PluginModule) => void;
  }
}

export interface LoadedPlugin {
  readonly plugin: Plugin;
  /** Script time in ms: evaluating main.js, and `onload` until it first waits. */
  readonly evaluateMs: number;
  readonly onloadMs: number;
}

export async function loadPlugin(app: App, facts: WorkbenchFacts): Promise<LoadedPlugin> {
  const require = makeRequire(facts);
  installNodeGlobals(facts, require);
  const { run, evaluateMs } = await evaluate(require);
  const { manifest } = facts;
  const plugin = new run(app, { ...manifest, dir: `${app.vault.configDir}/plugins/${manifest.id}` });
  const before = performance.now();
  plugin.load();
  const onloadMs = performance.now() - before;
  await plugin.loading;
  return { plugin, evaluateMs, onloadMs };
}

/** Runs main.js as a CommonJS module; the class is its default export, or the export itself. */
async function evaluate(
  require: (name: string) => unknown,
): Promise<{ readonly run: PluginClass; readonly evaluateMs: number }> {
  return new Promise((resolve, reject) => {
    window.workbenchPlugin = (body) => {
      const module: { exports: unknown } = { exports: {} };
      const before = performance.now();
      try {
        body(require, module, module.exports, '/');
        resolve({ run: pluginClass(module.exports), evaluateMs: performance.now() - before });
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const script = document.createElement('script');
    script.src = '/plugin/run.js';
    script.addEventListener('error', () => reject(new Error('main.js could not be loaded. Was it built?')));
    document.head.appendChild(script);
  });
}

function pluginClass(exports: unknown): PluginClass {
  const candidate =
    typeof exports === 'object' && exports !== null && 'default' in exports ? exports.default : exports;
  if (typeof candidate !== 'function' || !(candidate.prototype instanceof Plugin)) {
    throw new Error('main.js exports no class that extends Plugin.');
  }
  return candidate as PluginClass;
}
