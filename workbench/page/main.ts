/** Starts the workbench: the host first, then the vault, then the shipped plugin, then the panes. */
import type { PluginFacts, WorkbenchFacts } from '../protocol';
import { App } from '../host/app';
import { strict } from '../host/base/missing';
import { installDomHelpers } from '../host/dom/install';
import { MarkdownView } from '../host/markdown/markdownView';
import { Plugin } from '../host/plugin';
import { viewCreators } from '../host/registries';
import { installTooltips } from '../host/ui/tooltip';
import { asObsidianView } from '../host/workspace/view';
import { installNodeGlobals } from '../shims/nodeGlobals';
import { makeRequire } from '../shims/require';
import { exposeControls } from './controls';
import { FileExplorerView } from './fileExplorer';
import { followLayout, restoreLayout } from './layout';
import { buildShell } from './shell';
import { restoreTheme } from './theme';

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

async function start(): Promise<void> {
  restoreTheme();
  installDomHelpers();
  installTooltips();
  const facts = (await (await window.fetch('/api/facts')).json()) as WorkbenchFacts;
  document.title = `${facts.vaultName} – Labpath workbench`;
  const app = strict('App', new App(facts));
  viewCreators.set('markdown', (leaf) => asObsidianView(new MarkdownView(leaf)));
  viewCreators.set('file-explorer', (leaf) => asObsidianView(new FileExplorerView(leaf)));
  buildShell(app);
  await app.vault.start();
  await app.metadataCache.start();
  const loaded = await loadPlugin(app, facts);
  await app.workspace.getLeftLeaf(false)?.setViewState({ type: 'file-explorer' });
  app.workspace.leftSplit.expand();
  await restoreLayout(app);
  followLayout(app);
  app.workspace.setLayoutReady();
  exposeControls(app, loaded);
}

export interface LoadedPlugin {
  readonly plugin: Plugin;
  /** Script time in ms: evaluating main.js, and `onload` until it first waits. */
  readonly evaluateMs: number;
  readonly onloadMs: number;
}

async function loadPlugin(app: App, facts: WorkbenchFacts): Promise<LoadedPlugin> {
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

function showFailure(error: unknown): void {
  const box = document.createElement('pre');
  box.className = 'workbench-failure';
  box.textContent = `The workbench could not start.\n\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  document.body.appendChild(box);
  window.reportError(error);
}

start().catch(showFailure);
