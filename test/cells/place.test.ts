import { describe, expect, it } from 'vitest';
import { durationMs } from '../../src/cells/options';
import { scanCells } from '../../src/cells/scan';
import { LAB_SESSION, launch } from '../../src/labs/launch';

const cellOf = (attributes: string) => {
  const [cell] = scanCells(`\`\`\`bash {#x ${attributes}}\necho hi\n\`\`\`\n`);
  if (cell === undefined) throw new Error('No cell was found.');
  return cell;
};

describe('where a cell runs', () => {
  it.each(['in=netns:-x', 'in=netns:', 'in=red', 'in', 'host', 'node', 'session'])(
    'is unclear with {%s}, so the cell does not run at all',
    (attributes) => {
      const cell = cellOf(attributes);
      expect(cell.runnable).toBe(false);
      expect(cell.whyNot).toContain('not clear where this cell would run');
    },
  );

  it.each(['red', 'red@x', 'a:b', 'cni-1.2'])('is the namespace %s when in= names it', (name) => {
    expect(launch(cellOf(`in=netns:${name}`), 'Note.md').netns).toBe(name);
  });

  it('is never the shell that decides about checks, whatever session= says', () => {
    for (const name of ['#lab', '##lab', '#', '"#lab"']) {
      expect(launch(cellOf(`step session=${name}`), 'Note.md').session).not.toBe(LAB_SESSION);
    }
  });

  it('finds no cell in frontmatter behind a byte order mark', () => {
    expect(scanCells('\uFEFF---\na: |\n  x\n```bash\necho no\n```\n---\n')).toEqual([]);
  });
});

describe('a time limit', () => {
  it('is none when it is no time at all or longer than a timer can hold', () => {
    expect(['0', '0s', '3000000', '999h'].map(durationMs)).toEqual([null, null, null, null]);
    expect(['1ms', '30s', '24h'].map(durationMs)).toEqual([1, 30_000, 86_400_000]);
  });
});
