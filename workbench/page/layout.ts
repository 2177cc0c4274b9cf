/** Which notes and panes were open, kept in the browser so that a reload finds them again. */
import type { App } from '../host/app';
import type { WorkspaceLeaf } from '../host/workspace/leaf';

interface SavedLeaf {
  readonly type: string;
  readonly state: Record<string, unknown>;
  readonly active: boolean;
}

interface SavedLayout {
  readonly main: readonly SavedLeaf[];
  readonly right: readonly SavedLeaf[];
  readonly isRightOpen: boolean;
}

const key = 'workbench-layout';

export function followLayout(app: App): void {
  app.workspace.on('workbench:save-layout', () => app.saveLocalStorage(key, describe(app)));
}

/** Where a vault that has such a note wants its reader to begin. */
const WELCOME = 'Start here.md';

/** Opens what was open; without memory, the note to start with, the first Map of Content or the first note at all. */
export async function restoreLayout(app: App): Promise<void> {
  const saved = app.loadLocalStorage(key) as SavedLayout | null;
  const { workspace } = app;
  let active: WorkspaceLeaf | null = null;
  for (const one of saved?.main ?? []) {
    const leaf = workspace.getLeaf('tab');
    await leaf.setViewState({ type: one.type, state: one.state });
    if (one.active) active = leaf;
  }
  for (const one of saved?.right ?? []) {
    await workspace.getRightLeaf(false)?.setViewState({ type: one.type, state: one.state });
  }
  if (saved?.isRightOpen === true && saved.right.length > 0) workspace.rightSplit.expand();
  if (saved === null) await openFirst(app);
  workspace.setActiveLeaf(active ?? workspace.getMostRecentLeaf() ?? workspace.getLeaf('tab'));
}

async function openFirst(app: App): Promise<void> {
  const notes = app.vault.getMarkdownFiles().sort((left, right) => left.path.localeCompare(right.path));
  const isMap = (path: string) => app.metadataCache.getCache(path)?.frontmatter?.['type'] === 'map';
  const first =
    notes.find(({ path }) => path === WELCOME) ?? notes.find(({ path }) => isMap(path)) ?? notes[0];
  if (first !== undefined) await app.workspace.getLeaf('tab').openFile(first);
}

function describe(app: App): SavedLayout {
  const { workspace } = app;
  const save = (leaf: WorkspaceLeaf): SavedLeaf => {
    const { type, state } = leaf.getViewState();
    return { type, state: state ?? {}, active: leaf === workspace.getMostRecentLeaf() };
  };
  const main: SavedLeaf[] = [];
  const right: SavedLeaf[] = [];
  workspace.iterateAllLeaves((leaf) => {
    const saved = save(leaf as WorkspaceLeaf);
    if (leaf.getRoot() === workspace.rootSplit && saved.type !== 'empty') main.push(saved);
    if (leaf.getRoot() === workspace.rightSplit) right.push(saved);
  });
  return { main, right, isRightOpen: !workspace.rightSplit.collapsed };
}
