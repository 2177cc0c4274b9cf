import { Menu } from 'obsidian';
import { count } from '../../base/count';
import { isUnbuilt, nextStep, usefulFaults, type Attempt } from '../../labs/attempt';
import { LAYERS, type Lab } from '../../labs/lab';
import { lintLab } from '../../labs/lint/lint';
import { icon, iconButton, setButtonLabel, showProblem } from '../ui/dom';
import { FrameJob } from '../ui/frame';
import type { LabDesk } from './labDesk';
import type { BetterMachine } from '../../path/requirements';
import type { Fit } from '../machine/machineFit';
import { blockedRow } from './blockedRow';
import { checkRows } from './checkRows';
import { helpBoxes } from './helpBoxes';
import { adviceWords, nextThing, progressWords } from './labWords';
import { Polling } from './polling';

export interface LabPanelParts {
  readonly labs: LabDesk;
  readonly note: () => string | null;
  readonly frontmatterOf: (note: string) => Readonly<Record<string, unknown>>;
  /** Calls back when a run of the note changed; gives the way to stop it. */
  readonly followRuns: (note: string, changed: (cell: string) => void) => () => void;
  readonly goTo: (line: number) => void;
  /** Whether the lab machine has what the lab needs; null for labs on other hosts. */
  readonly fitOf: (note: string) => Fit | null;
  readonly useMachine: (better: BetterMachine) => void;
}

/**
 * The strip above a lab note: what state the lab is in, and everything a learner can do with it. It holds nothing; it
 * draws what the desk knows.
 */
export class LabPanel {
  readonly root: HTMLElement;
  private readonly frame: FrameJob;
  private readonly stops: readonly (() => void)[];
  private readonly polling: Polling;
  private stopRuns: () => void = () => undefined;
  private note: string | null = null;
  private isOpen = true;
  private drawn: string | null = null;

  constructor(
    parent: HTMLElement,
    private readonly parts: LabPanelParts,
  ) {
    this.root = createDiv({ cls: 'labpath-lab', attr: { role: 'region' } });
    parent.prepend(this.root);
    parent.addClass('labpath-under-lab');
    this.frame = new FrameJob(this.root, () => this.draw());
    this.stops = [
      parts.labs.changed.on((note) => {
        if (note === this.note) this.frame.schedule();
      }),
      this.root.onWindowMigrated(() => this.polling.moveIn()),
    ];
    this.polling = new Polling(this.root, (check) => {
      if (this.note !== null) void parts.labs.poll(this.note, check);
    });
    this.refresh();
  }

  /** The view shows another note, or the note's text changed. */
  refresh(): void {
    const note = this.parts.note();
    if (note !== this.note) {
      this.stopRuns();
      this.note = note;
      this.stopRuns =
        note === null
          ? () => undefined
          : this.parts.followRuns(note, (cell) => this.parts.labs.noticeRun(note, cell));
    }
    this.frame.schedule();
  }

  destroy(): void {
    this.frame.cancel();
    this.polling.stop();
    for (const stop of this.stops) stop();
    this.stopRuns();
    this.root.parentElement?.removeClass('labpath-under-lab');
    this.root.remove();
  }

  private draw(): void {
    const { labs } = this.parts;
    const { note } = this;
    const lab = note === null ? null : labs.labOf(note);
    const basis = this.basis(note, lab);
    // Buttons that are made anew while a check ticks cannot be clicked.
    if (basis === this.drawn) return;
    this.drawn = basis;
    const hadFocus = this.focusedAction();
    this.root.empty();
    this.root.toggleClass('labpath-hidden', lab === null);
    if (note === null || lab === null) {
      this.polling.follow([]);
      return;
    }
    const attempt = labs.attemptOf(note);
    this.root.setAttribute('aria-labelledby', 'labpath-lab-title');
    this.drawBar(note, lab, attempt);
    const fit = this.parts.fitOf(note);
    if (fit !== null && fit.lacking.length > 0) blockedRow(this.root, fit, this.parts.useMachine);
    if (this.isOpen) this.drawDetails(note, lab, attempt);
    this.polling.follow(attempt === null ? [] : lab.checks.filter(({ everyMs }) => everyMs !== null));
    if (hadFocus !== null) this.root.querySelector<HTMLElement>(`[data-action="${hadFocus}"]`)?.focus();
  }

  private drawBar(note: string, lab: Lab, attempt: Attempt | null): void {
    const { labs } = this.parts;
    const { busy } = labs.statusOf(note);
    const bar = this.root.createDiv({ cls: 'labpath-lab-bar' });
    icon(bar, 'flask-conical', 'labpath-lab-icon');
    const words = bar.createSpan({ cls: 'labpath-lab-words', attr: { role: 'status' } });
    words.createSpan({ cls: 'labpath-lab-title', text: 'Lab' });
    words.createSpan({
      text: busy === null ? progressWords(lab, attempt, labs.completionOf(note)) : `${busy}…`,
    });
    bar.createSpan({ cls: 'labpath-spacer' });
    const next = nextThing(lab, attempt);
    const action = (name: string, label: string, image: string, run: (event: MouseEvent) => void) => {
      const button = iconButton(bar, { icon: image, label, text: true, onClick: run });
      button.dataset['action'] = name;
      button.toggleClass('mod-next', name === next && busy === null);
      button.disabled = busy !== null;
    };
    if (attempt === null) action('start', 'Start', 'play', () => void labs.start(note));
    else {
      action('check', 'Check', 'list-checks', () => void labs.check(note));
      if (lab.faults.length > 0)
        action('break', 'Break it', 'zap', (event) => this.chooseFault(note, lab, attempt, event));
      action('hint', 'Hint', 'lightbulb', () => void labs.hint(note));
      action('solution', 'Solution', 'key-round', () => void labs.solution(note));
      action('reset', 'Reset', 'rotate-ccw', () => void labs.reset(note));
      action('cleanup', 'Cleanup', 'eraser', () => void labs.cleanUp(note));
    }
    const fold = iconButton(bar, {
      icon: this.isOpen ? 'chevron-up' : 'chevron-down',
      label: '',
      onClick: () => {
        this.isOpen = !this.isOpen;
        this.draw();
      },
    });
    setButtonLabel(fold, this.isOpen ? 'Hide the checks' : 'Show the checks');
    fold.dataset['action'] = 'fold';
    fold.setAttribute('aria-expanded', String(this.isOpen));
  }

  private drawDetails(note: string, lab: Lab, attempt: Attempt | null): void {
    const { labs, frontmatterOf, goTo } = this.parts;
    const { problem, isMild, drifted } = labs.statusOf(note);
    if (drifted) this.drawDrift(note);
    if (problem !== null) showProblem(this.root, problem).toggleClass('is-mild', isMild);
    if (attempt !== null) {
      helpBoxes(this.root, lab, attempt, goTo);
      checkRows(this.root, lab, attempt, goTo);
      this.drawAdvice(lab, attempt);
    }
    const remarks = lintLab(lab.cells, frontmatterOf(note));
    if (remarks.length === 0) return;
    const details = this.root.createEl('details', { cls: 'labpath-lab-remarks' });
    details.createEl('summary', { text: `${count(remarks.length, 'remark')} for the author of this lab` });
    for (const { line, message } of remarks) {
      iconButton(details, {
        icon: 'pencil',
        label: `Line ${line}: ${message}`,
        text: true,
        onClick: () => goTo(line),
      });
    }
  }

  private drawAdvice(lab: Lab, attempt: Attempt): void {
    const words = adviceWords(lab, attempt);
    if (words === '') return;
    const line = this.root.createDiv({ cls: 'labpath-lab-advice', text: words });
    const step = isUnbuilt(attempt, lab) ? nextStep(attempt, lab) : null;
    if (step === null) return;
    iconButton(line, {
      icon: 'corner-down-right',
      label: 'Go to the next step',
      text: true,
      onClick: () => this.parts.goTo(step.line),
    });
  }

  private drawDrift(note: string): void {
    const box = showProblem(this.root, {
      what: 'This is not the machine the lab was started on.',
      why: 'It was reset meanwhile, or is another one.',
      next: 'Replay the setup and your steps there, or start again.',
    });
    const { labs } = this.parts;
    iconButton(box, {
      icon: 'history',
      label: 'Replay to here',
      text: true,
      onClick: () => void labs.replay(note),
    });
    iconButton(box, { icon: 'play', label: 'Start again', text: true, onClick: () => void labs.start(note) });
  }

  private chooseFault(note: string, lab: Lab, attempt: Attempt, event: MouseEvent): void {
    const { labs } = this.parts;
    const menu = new Menu();
    const random = (title: string, faults: readonly Lab['faults'][number][], image: string) => {
      if (faults.length === 0) return;
      menu.addItem((item) =>
        item
          .setTitle(title)
          .setIcon(image)
          .onClick(() => {
            const fault = faults[Math.floor(Math.random() * faults.length)];
            if (fault) void labs.breakIt(note, fault);
          }),
      );
    };
    random('A random fault', usefulFaults(attempt, lab), 'shuffle');
    const layers = LAYERS.filter((layer) => lab.faults.some((fault) => fault.layer === layer));
    if (layers.length > 1) {
      for (const layer of layers)
        random(`A random fault in layer ${layer}`, usefulFaults(attempt, lab, layer), 'layers');
    }
    menu.addSeparator();
    for (const fault of lab.faults.filter(({ hidden }) => !hidden)) {
      const solved = attempt.solved.includes(fault.id) ? ' (solved)' : '';
      menu.addItem((item) =>
        item
          .setTitle(`${fault.id}${solved}`)
          .setIcon('zap')
          .onClick(() => void labs.breakIt(note, fault)),
      );
    }
    menu.showAtMouseEvent(event);
  }

  /** All that is drawn, as one value to compare. */
  private basis(note: string | null, lab: Lab | null): string {
    if (note === null || lab === null) return '';
    const { labs, frontmatterOf } = this.parts;
    const attempt = labs.attemptOf(note);
    const checks = Object.entries(attempt?.checks ?? {}).map(([id, { verdict, said }]) => [
      id,
      verdict,
      said,
    ]);
    const cells = lab.cells.map(({ info, line }) => [info, line]);
    const remarks = lintLab(lab.cells, frontmatterOf(note));
    const state = [labs.statusOf(note), { ...attempt, checks }, labs.completionOf(note)];
    return JSON.stringify([note, this.isOpen, this.parts.fitOf(note), state, cells, remarks]);
  }

  /** Drawing anew must not throw the keyboard out of the strip. */
  private focusedAction(): string | null {
    const { activeElement } = this.root.doc;
    return activeElement?.instanceOf(HTMLElement) === true && this.root.contains(activeElement)
      ? (activeElement.dataset['action'] ?? null)
      : null;
  }
}
