import { describe, expect, it } from 'vitest';
import { scanCells } from '../../src/cells/scan';
import { newLab } from '../../src/labs/authoring/newLab';
import { canRecord, guessRole, recordLab, type RecordedRole } from '../../src/labs/authoring/record';
import { symptomsOf, writeSymptoms } from '../../src/labs/authoring/symptom';
import { readLab } from '../../src/labs/lab';
import { lintLab } from '../../src/labs/lint/lint';
import { parseFrontmatter } from '../../src/markdown/frontmatter';

const record = (text: string, ...said: readonly (readonly [RecordedRole, string])[]) =>
  recordLab(
    text,
    scanCells(text).flatMap((cell, i) => {
      const [role, output] = said[i] ?? ['plain', ''];
      return [{ cell, role, output, keepOutput: output !== '' }];
    }),
  );

describe('a new lab', () => {
  const content = {
    kind: 'lab',
    title: 'Cables: a "first" lab',
    uid: 'u-1',
    now: '2026-11-28T00:00:00Z',
  } as const;
  const text = newLab({
    ...content,
    description: '',
    aliases: [],
    tags: ['lab'],
    mocs: [],
    prerequisites: [],
  });

  it('is written right, with its own title and uid', () => {
    const { data } = parseFrontmatter(text);
    expect(lintLab(scanCells(text), data)).toEqual([]);
    expect(data).toMatchObject({ title: 'Cables: a "first" lab', uid: 'u-1', lab_env: 'sandbox' });
  });

  it('shows every role', () => {
    const roles = new Set(scanCells(text).map(({ role }) => role));
    expect([...roles].sort()).toEqual(
      ['check', 'cleanup', 'expect', 'fault', 'hint', 'observe', 'setup', 'solution'].sort(),
    );
  });
});

describe('recording', () => {
  it('gives cells that ran a role and a name, and writes below them what they printed', () => {
    const text = '```bash\nip netns add red\n```\n\ntext\n\n```bash\nip -n red -br link\n```\n';
    expect(record(text, ['step', ''], ['observe', 'lo  DOWN'])).toBe(
      '```bash {step #ip-netns-add}\nip netns add red\n```\n\ntext\n\n```bash {observe #ip-n-red}\nip -n red -br link\n```\n\n```text {expect of=ip-n-red}\nlo  DOWN\n```\n',
    );
  });

  it('leaves another fence alone that stands where the cell stood', () => {
    const read = '```bash\nip netns add red\n```\n';
    const [cell] = scanCells(read);
    if (cell === undefined) throw new Error('no cell was read');
    const changed = '```bash {check #other}\nip netns list\n```\n';
    expect(recordLab(changed, [{ cell, role: 'step', output: '', keepOutput: false }])).toBe(changed);
  });

  it('keeps names and keys, the prefixes of a callout, and CRLF', () => {
    const text = '> ```bash {#look timeout=3}\r\n> ls\r\n> ```\r\n';
    expect(record(text, ['observe', 'a'])).toBe(
      '> ```bash {observe #look timeout=3}\r\n> ls\r\n> ```\r\n>\r\n> ```text {expect of=look}\r\n> a\r\n> ```\r\n',
    );
  });

  it('names cells that begin alike apart, and masks what will be another time', () => {
    const text = '```bash\nip netns add red\n```\n```bash\nip netns add blue\n```\n';
    const done = record(text, ['step', ''], ['observe', 'at 12:30:01']);
    expect(scanCells(done).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['ip-netns-add', 'ip-netns-add-2']),
    );
    expect(done).toContain('{expect of=ip-netns-add-2 mask=time}');
  });

  it('leaves alone what it is told to, and notations of other tools', () => {
    const text = '```bash\nls\n```\n';
    expect(record(text, ['plain', 'x'])).toBe(text);
    const [ours, theirs, roled] = scanCells(
      '```bash {#a}\nls\n```\n```bash {"name":"b"}\nls\n```\n```bash {check #c}\nls\n```\n',
    );
    expect([ours, theirs, roled].map((cell) => cell && canRecord(cell))).toEqual([true, false, false]);
  });

  it('guesses that what prints looks, and what is silent does something', () => {
    expect([guessRole('eth0'), guessRole('')]).toEqual(['observe', 'step']);
  });
});

describe('the symptom of a fault', () => {
  const fault = '```bash {fault #f breaks=c}\nrm x\n```\n';
  const seen = (of: string, whole: string, broken: string) => ({ of, whole, broken });

  it('is what an observation prints otherwise, numbers and times not counted', () => {
    const same = seen('b', 'rtt 0.04 ms, seq 1', 'rtt 0.21 ms, seq 1');
    expect(symptomsOf([seen('a', 'UP', 'DOWN'), same])).toEqual([seen('a', 'UP', 'DOWN')]);
  });

  it('is written below the fault, in the order of the note', () => {
    const written = writeSymptoms(fault, readLab(scanCells(fault)), 'f', [
      seen('a', '', '1'),
      seen('b', '', '2'),
    ]);
    expect(written).toBe(
      `${fault}\n\`\`\`text {expect of=a fault=f}\n1\n\`\`\`\n\n\`\`\`text {expect of=b fault=f}\n2\n\`\`\`\n`,
    );
  });

  it('is brought up to date where it stands already', () => {
    const text = `${fault}\nwords\n\n\`\`\`text {expect of=a fault=f match=lines}\nold\n\`\`\`\n`;
    expect(writeSymptoms(text, readLab(scanCells(text)), 'f', [seen('a', '', 'new')])).toBe(
      text.replace('old', 'new'),
    );
  });
});
