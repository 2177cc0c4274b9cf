import type { App, Command } from 'obsidian';
import { usefulFaults } from '../../labs/attempt';
import type { LabDesk } from '../lab/labDesk';
import type { NoteCells } from '../noteCells';
import { activeNote } from '../activeNote';

/** What the strip above a lab offers, without a mouse. */
export function labCommands(app: App, labs: LabDesk, notes: NoteCells): Command[] {
  const inLab = (
    id: string,
    name: string,
    icon: string,
    act: (note: string) => void,
    started = true,
  ): Command => ({
    id,
    name,
    icon,
    checkCallback: (checking) => {
      const note = activeNote(app, notes)?.path;
      if (note === undefined || labs.labOf(note) === null) return false;
      if (started && labs.attemptOf(note) === null) return false;
      if (!checking) act(note);
      return true;
    },
  });
  return [
    inLab('lab-start', 'Start lab', 'play', (note) => void labs.start(note), false),
    inLab('lab-check', 'Run the checks of the lab', 'list-checks', (note) => void labs.check(note)),
    inLab('lab-break', 'Break the lab', 'zap', (note) => breakSomething(labs, note)),
    inLab('lab-hint', 'Show a hint', 'lightbulb', (note) => void labs.hint(note)),
    inLab(
      'lab-solution',
      'Show the next step of the solution',
      'key-round',
      (note) => void labs.solution(note),
    ),
    inLab('lab-reset', 'Reset lab', 'rotate-ccw', (note) => void labs.reset(note)),
    inLab('lab-cleanup', 'Clean up lab', 'eraser', (note) => void labs.cleanUp(note)),
  ];
}

function breakSomething(labs: LabDesk, note: string): void {
  const lab = labs.labOf(note);
  const attempt = labs.attemptOf(note);
  const faults = lab && attempt ? usefulFaults(attempt, lab) : [];
  const fault = faults[Math.floor(Math.random() * faults.length)];
  if (fault) void labs.breakIt(note, fault);
}
