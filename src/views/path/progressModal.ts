import { Modal, type App } from 'obsidian';
import { readable } from '../../markdown/readable';
import { burnDown, burnDownLines, type BurnDay } from '../../path/burnDown';
import type { LearningPath, PathMoc, Progress } from '../../path/model';
import { nodesOfMoc } from '../../path/order';
import { drawBar, progressWords } from './progressBar';

/** Pixels. */
const CHART = { width: 480, height: 120 };

/** How far one is: in the vault, in a map, in each of its tracks and sections, and how it came to that day by day. */
export class ProgressModal extends Modal {
  constructor(
    app: App,
    private readonly path: LearningPath,
    private readonly moc: PathMoc,
  ) {
    super(app);
  }

  override onOpen(): void {
    const { contentEl, path, moc } = this;
    this.setTitle('Progress');
    const table = contentEl.createEl('table', { cls: 'labpath-progress-table' });
    const { mocs } = path;
    if (mocs.length > 1) row(table, `All ${mocs.length} maps`, path.progress, 'is-total');
    row(table, moc.title, moc.progress, 'is-total');
    for (const track of moc.tracks) row(table, readable(track.title), track.progress);
    for (const section of moc.sections) {
      row(table, readable(section.title) || 'Above the first heading', section.progress);
    }
    const days = burnDown(nodesOfMoc(moc));
    if (days.length > 0) drawBurnDown(contentEl, days);
    const others = mocs.filter((other) => other !== moc);
    if (others.length === 0) return;
    const more = contentEl.createEl('details');
    more.createEl('summary', { text: others.length === 1 ? 'The other map' : 'The other maps' });
    const list = more.createEl('table', { cls: 'labpath-progress-table' });
    for (const { title, progress } of others) row(list, title, progress);
  }
}

function row(table: HTMLTableElement, title: string, progress: Progress, cls = ''): void {
  // A heading under which only maps stand holds nothing to learn.
  if (progress.total === 0) return;
  const line = table.createEl('tr', { cls });
  line.createEl('th', { text: title, attr: { scope: 'row' } });
  drawBar(line.createEl('td', { cls: 'labpath-progress-cell' }), progress).setAttribute(
    'aria-hidden',
    'true',
  );
  line.createEl('td', { cls: 'labpath-progress-percent', text: `${progress.percent} %` });
  line.createEl('td', { cls: 'labpath-progress-words', text: progressWords(progress) });
}

function drawBurnDown(parent: HTMLElement, days: readonly BurnDay[]): void {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return;
  const figure = parent.createEl('figure', { cls: 'labpath-burndown' });
  const words = figure.createEl('figcaption');
  words.createSpan({ cls: 'is-planned', text: `Planned: ${first.planned} → ${last.planned}` });
  words.createSpan({ cls: 'is-to-learn', text: `To learn: ${first.toLearn} → ${last.toLearn}` });
  const { width, height } = CHART;
  const chart = figure.createSvg('svg', {
    attr: { viewBox: `-2 -2 ${width + 4} ${height + 4}`, role: 'img' },
  });
  chart.createSvg('title').textContent =
    `From ${first.date} to ${last.date}: ${first.planned} planned became ${last.planned}, ${first.toLearn} to learn became ${last.toLearn}.`;
  chart.createSvg('line', { cls: 'is-ground', attr: { x1: 0, x2: width, y1: height, y2: height } });
  const lines = burnDownLines(days, width, height);
  chart.createSvg('polyline', { cls: 'is-to-learn', attr: { points: lines.toLearn } });
  chart.createSvg('polyline', { cls: 'is-planned', attr: { points: lines.planned } });
  const dates = figure.createDiv({ cls: 'labpath-burndown-dates' });
  dates.createSpan({ text: first.date });
  dates.createSpan({ text: last.date });
}
