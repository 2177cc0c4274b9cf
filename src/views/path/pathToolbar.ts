import { Menu } from 'obsidian';
import { readable } from '../../markdown/readable';
import type { EdgeKind, LearningPath, PathMoc } from '../../path/model';
import { iconButton, setButtonLabel } from '../ui/dom';
import { nameElement } from '../ui/name';
import { FILTER_WORDS, type PathFilter } from '../../path/filter';
import { drawProgress } from './progressBar';

export interface ToolbarEvents {
  /** Vault path of the map to show; empty for all maps. */
  readonly pick: (moc: string) => void;
  /** The id of a track to look at alone; empty for all. */
  readonly track: (id: string) => void;
  readonly search: (query: string) => void;
  readonly next: () => void;
  readonly progress: () => void;
  readonly toggleEdges: (kind: EdgeKind) => void;
  readonly edges: () => ReadonlySet<EdgeKind>;
  readonly export: (format: ExportFormat) => void;
  readonly zoom: (direction: 'in' | 'out') => void;
  readonly fit: () => void;
  readonly filter: () => PathFilter;
  readonly setFilter: (filter: PathFilter) => void;
  readonly toggleList: () => void;
}

export type ExportFormat = 'png' | 'svg' | 'mermaid';

const EDGES: readonly (readonly [EdgeKind, string])[] = [
  ['track', 'Order of tracks'],
  ['prerequisite', 'Prerequisites'],
  ['see-also', 'See also'],
  ['same', 'Same as?'],
];

const FILTER = 'Choose what stays bright';

const FILTERS: readonly PathFilter[] = ['all', 'to-write', 'to-learn', 'due', 'blocked', 'completed'];

const EXPORTS: readonly (readonly [ExportFormat, string])[] = [
  ['png', 'Save as PNG'],
  ['svg', 'Save as SVG'],
  ['mermaid', 'Copy as Mermaid'],
];

/** The strip above the picture: which map, how far, what to look for. */
export class PathToolbar {
  private readonly picker: HTMLSelectElement;
  private readonly tracks: HTMLSelectElement;
  private readonly progress: HTMLElement;
  private readonly listButton: HTMLButtonElement;
  private readonly filterButton: HTMLButtonElement;
  readonly search: HTMLInputElement;

  constructor(parent: HTMLElement, events: ToolbarEvents) {
    const head = parent.createDiv({ cls: 'labpath-path-head' });
    this.picker = select(head, 'Map', (value) => events.pick(value));
    this.tracks = select(head, 'Track', (value) => events.track(value));
    this.progress = head.createEl('button', { cls: 'labpath-progress', attr: { type: 'button' } });
    this.progress.addEventListener('click', () => events.progress());
    this.search = head.createEl('input', {
      cls: 'labpath-path-search',
      attr: { type: 'search', placeholder: 'Search…', spellcheck: 'false' },
    });
    nameElement(this.search, 'Search the path', head);
    this.search.addEventListener('input', () => events.search(this.search.value));
    const tools = head.createDiv({ cls: 'labpath-path-tools' });
    const tool = (icon: string, label: string, onClick: (event: MouseEvent) => void, picture = true) =>
      iconButton(tools, { icon, label, onClick, ...(picture ? { cls: 'labpath-picture-tool' } : {}) });
    tool('skip-forward', 'Go to what is next', () => events.next(), false);
    this.filterButton = tool('filter', FILTER, (event) => filterMenu(events).showAtMouseEvent(event), false);
    tool('waypoints', 'Choose the lines shown', (event) => edgeMenu(events).showAtMouseEvent(event));
    tool('download', 'Export', (event) => exportMenu(events).showAtMouseEvent(event));
    tool('zoom-out', 'Zoom out', () => events.zoom('out'));
    tool('zoom-in', 'Zoom in', () => events.zoom('in'));
    tool('maximize', 'Fit the path', () => events.fit());
    this.listButton = tool('list', 'Show as list', () => events.toggleList(), false);
  }

  /** `shown` is the one map that is shown, or null while all are. */
  draw(path: LearningPath, shown: PathMoc | null, track: string, mayShowAll: boolean): void {
    const maps = path.mocs.map((moc): [string, string] => [moc.path, moc.title]);
    options(this.picker, mayShowAll ? [['', 'All maps'], ...maps] : maps, shown?.path ?? '');
    const tracks = shown?.tracks ?? [];
    options(
      this.tracks,
      [['', 'All tracks'], ...tracks.map(({ id, title }) => [id, readable(title)] as const)],
      track,
    );
    this.tracks.toggleClass('labpath-hidden', tracks.length === 0);
    drawProgress(this.progress, (shown ?? path).progress);
  }

  setFilter(filter: PathFilter): void {
    setButtonLabel(this.filterButton, filter === 'all' ? FILTER : `Shown: ${FILTER_WORDS[filter]}`);
    this.filterButton.toggleClass('is-active', filter !== 'all');
  }

  setList(asList: boolean): void {
    setButtonLabel(this.listButton, asList ? 'Show as picture' : 'Show as list');
  }
}

function select(parent: HTMLElement, name: string, pick: (value: string) => void): HTMLSelectElement {
  const element = parent.createEl('select', { cls: 'dropdown' });
  nameElement(element, name, parent);
  element.addEventListener('change', () => pick(element.value));
  return element;
}

function options(
  element: HTMLSelectElement,
  choices: readonly (readonly [value: string, text: string])[],
  chosen: string,
): void {
  element.empty();
  for (const [value, text] of choices) element.createEl('option', { value, text });
  element.value = chosen;
}

function edgeMenu(events: ToolbarEvents): Menu {
  const menu = new Menu();
  const shown = events.edges();
  for (const [kind, title] of EDGES) {
    menu.addItem((item) =>
      item
        .setTitle(title)
        .setChecked(shown.has(kind))
        .onClick(() => events.toggleEdges(kind)),
    );
  }
  return menu;
}

function filterMenu(events: ToolbarEvents): Menu {
  const menu = new Menu();
  for (const filter of FILTERS) {
    menu.addItem((item) =>
      item
        .setTitle(FILTER_WORDS[filter])
        .setChecked(events.filter() === filter)
        .onClick(() => events.setFilter(filter)),
    );
  }
  return menu;
}

function exportMenu(events: ToolbarEvents): Menu {
  const menu = new Menu();
  for (const [format, title] of EXPORTS) {
    menu.addItem((item) => item.setTitle(title).onClick(() => events.export(format)));
  }
  return menu;
}
