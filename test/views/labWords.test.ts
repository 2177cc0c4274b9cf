import { describe, expect, it } from 'vitest';
import { scanCells } from '../../src/cells/scan';
import { beginAttempt, withChecks, withFault } from '../../src/labs/attempt';
import { readLab } from '../../src/labs/lab';
import { cellTitle } from '../../src/views/cell/words';
import { adviceWords } from '../../src/views/lab/labWords';

const lab = readLab(
  scanCells(
    '```bash {step #build}\ntrue\n```\n\n```bash {check #up layer=link}\necho x\n```\n\n```bash {fault #f breaks=up}\ntrue\n```\n',
  ),
);
const begun = beginAttempt(1, { turn: 0, isReview: false, practised: [] });
const seen = (ok: boolean, attempt = begun) => withChecks(attempt, lab, [{ id: 'up', ok, said: '' }]);

describe('the advice in a lab', () => {
  it('leads on to the faults once all that was built passes', () => {
    expect(adviceWords(lab, seen(false))).toMatch(/^Take the steps of the note, then check\./);
    expect(adviceWords(lab, seen(true, seen(false)))).toMatch(/^It works\. Choose Break it/);
  });

  it('says nothing of breaking while something fails', () => {
    const [fault] = lab.faults;
    if (!fault) throw new Error('The lab has no fault.');
    expect(adviceWords(lab, seen(false, withFault(seen(true, seen(false)), fault.id)))).toBe(
      'The first failing layer is link.',
    );
  });
});

it('a cell is called by the name it was given, and by its line where it has none', () => {
  const [named, nameless] = scanCells('```bash {#lo}\ntrue\n```\n\n```bash\ntrue\n```\n').map(cellTitle);
  expect([named, nameless]).toEqual(['“lo” in line 1', 'the cell in line 5']);
});
