import type { App, Component } from 'obsidian';
import type { BatchProgress, CellDesk } from './cell/cellDesk';
import type { PathIndex } from './path/pathIndex';

/** The status bar: how far the learner is on the path of the active note, and how far a "run all" is. */
export class StatusBar {
  private batch: BatchProgress | null = null;

  constructor(
    private readonly element: HTMLElement,
    private readonly app: App,
    private readonly index: PathIndex,
    private readonly openPath: () => void,
  ) {}

  watch(owner: Component, desk: CellDesk): void {
    const { element } = this;
    element.addClass('mod-clickable', 'labpath-statusbar');
    element.setAttrs({ role: 'button', tabindex: 0, 'aria-label': 'Open the learning path' });
    owner.registerDomEvent(element, 'click', () => this.openPath());
    owner.registerDomEvent(element, 'keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') this.openPath();
    });
    owner.registerEvent(this.app.workspace.on('file-open', () => this.draw()));
    owner.register(this.index.changed.on(() => this.draw()));
    owner.register(
      desk.batch.on((batch) => {
        this.batch = batch;
        this.draw();
      }),
    );
    this.draw();
  }

  private draw(): void {
    const text = this.text();
    this.element.setText(text);
    this.element.toggleClass('labpath-hidden', text === '');
  }

  private text(): string {
    if (this.batch) return `Running cells ${this.batch.done}/${this.batch.total}`;
    const file = this.app.workspace.getActiveFile();
    const moc = file ? this.index.mocOf(file.path) : null;
    const progress = moc?.progress ?? this.index.current?.progress;
    return progress && progress.total > 0 ? `Path ${progress.completed}/${progress.total}` : '';
  }
}
