import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { scanCells } from '../../src/cells/scan';
import { labDir } from '../../src/labs/labShell';
import { launch } from '../../src/labs/launch';
import { fillCell } from '../../src/views/cell/given';
import { Parameters } from '../../src/views/cell/parameters';

const NOTE = 'Lab.md';
/** `bash {INFO}` that prints the note's variable in one way or the other. */
const cell = (info: string, source = 'echo "$WORD"') => {
  const [found] = scanCells(`\`\`\`bash ${info}\n${source}\n\`\`\`\n`);
  if (!found) throw new Error('no cell');
  return found;
};

function parametersOf(turn: number | null, choices = 'first|second'): Parameters {
  const stored = new Map<string, unknown>();
  return new Parameters(
    {
      metadataCache: { getCache: () => ({ frontmatter: { lab_vars: [`WORD=${choices}`] } }) },
      loadLocalStorage: (key: string) => stored.get(key) ?? null,
      saveLocalStorage: (key: string, value: unknown) => void stored.set(key, value),
    } as unknown as ConstructorParameters<typeof Parameters>[0],
    () => turn,
  );
}

/** What a cell prints when it is run as the app runs it. */
function printed(params: Parameters, shown: ReturnType<typeof cell>): string {
  const { source, variables } = fillCell(shown, params.given(NOTE));
  const launched = launch(shown, NOTE, source, variables);
  return execFileSync('bash', ['-c', launched.source], { encoding: 'utf8' }).trim();
}

// A check makes its lab's folder.
afterAll(() => rmSync(labDir(NOTE), { recursive: true, force: true }));

describe('the variables of a note', () => {
  const everywhere = [cell(''), cell('{step}'), cell('{observe}'), cell('{check}'), cell('', 'echo <WORD>')];

  it.each([
    [null, 'first'],
    [0, 'first'],
    [1, 'second'],
  ])('are the same in every cell: attempt %s', (turn, word) => {
    const params = parametersOf(turn);
    expect(everywhere.map((each) => printed(params, each))).toEqual(everywhere.map(() => word));
  });

  it('can be chosen while no attempt goes on, for every cell', () => {
    const params = parametersOf(null);
    expect(params.fieldsOf(NOTE, cell('')).map(({ name, choices }) => [name, choices])).toEqual([
      ['WORD', ['first', 'second']],
    ]);
    params.remember(NOTE, { WORD: 'second' });
    expect(everywhere.map((each) => printed(params, each))).toEqual(everywhere.map(() => 'second'));
  });

  it('are chosen by the attempt that goes on, whatever was chosen before', () => {
    const params = parametersOf(0);
    params.remember(NOTE, { WORD: 'second' });
    expect(params.fieldsOf(NOTE, cell('', 'echo <WORD> "$WORD"'))).toEqual([]);
    expect(printed(params, cell('{step}'))).toBe('first');
  });

  it('reach the cell as they are, whatever they hold, and leave line numbers alone', () => {
    const params = parametersOf(null, "it's $(id) `x`");
    expect(printed(params, cell('', 'echo "$WORD" $LINENO'))).toBe("it's $(id) `x` 1");
  });
});
