/** Starts the workbench: the host first, then the vault, then the shipped plugin, then the panes. */
import type { WorkbenchFacts } from '../protocol';
import { App } from '../host/app';
import { strict } from '../host/base/missing';
import { installDomHelpers } from '../host/dom/install';
import { CanvasView } from '../host/canvasView';
import { MarkdownView } from '../host/markdown/markdownView';
import { viewCreators, viewTypes } from '../host/registries';
import { installPagePreview } from '../host/ui/hoverPopover';
import { installTooltips } from '../host/ui/tooltip';
import { asObsidianView } from '../host/workspace/view';
import { exposeControls } from './controls';
import { FileExplorerView } from './fileExplorer';
import { followLayout, restoreLayout } from './layout';
import { loadPlugin } from './loadPlugin';
import { buildShell } from './shell';
import { restoreTheme } from './theme';

async function start(): Promise<void> {
  restoreTheme();
  installDomHelpers();
  installTooltips();
  const facts = (await (await window.fetch('/api/facts')).json()) as WorkbenchFacts;
  document.title = `${facts.vaultName} – Labpath workbench`;
  const app = strict('App', new App(facts));
  viewCreators.set('markdown', (leaf) => asObsidianView(new MarkdownView(leaf)));
  viewCreators.set('canvas', (leaf) => asObsidianView(new CanvasView(leaf)));
  viewTypes.set('canvas', 'canvas');
  viewCreators.set('file-explorer', (leaf) => asObsidianView(new FileExplorerView(leaf)));
  installPagePreview(app);
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

function showFailure(error: unknown): void {
  const box = document.createElement('pre');
  box.className = 'workbench-failure';
  box.textContent = `The workbench could not start.\n\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  document.body.appendChild(box);
  window.reportError(error);
}

start().catch(showFailure);
