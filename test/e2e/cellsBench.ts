/** What tests of cells begin with: a lab machine, the workbench with the cells' vault, and a host that was agreed to. */
import type { Locator } from 'playwright-core';
import { beforeAll, beforeEach } from 'vitest';
import { cell, menu, press, runButton } from './cells';
import { useLabBench, type LabBench, type LabBenchOptions } from './labBench';

export interface CellsOptions extends Pick<LabBenchOptions, 'viewport'> {
  /** Folder beside this file; by default the vault that most of these tests share. */
  readonly vault?: string;
  /** Opened before each test, in Live Preview. */
  readonly note: string;
  /** Id of the cell that is run first, which asks. */
  readonly first: string;
  /** Leaves it to the tests to open notes. */
  readonly opensOnce?: boolean;
}

export interface Cells extends LabBench {
  /** Presses a cell's button and gives its card. */
  readonly run: (id: string) => Promise<Locator>;
  /** Takes an item of a cell's menu. */
  readonly menu: (card: Locator, item: string) => Promise<void>;
}

/** Opened before the tests of the calling file and closed after them. The members work in tests and hooks only. */
export function useCells({
  note,
  first,
  opensOnce = false,
  vault = 'vault',
  ...options
}: CellsOptions): Cells {
  const { bench, machine } = useLabBench({ vault, note, ...options });

  const run = async (id: string): Promise<Locator> => {
    const card = await cell(bench(), id);
    await runButton(card).click();
    return card;
  };

  beforeAll(async () => {
    await run(first);
    await press(bench().page, 'Run on lab');
  });

  if (!opensOnce) beforeEach(() => bench().openNote(note, 'live'));

  return { bench, machine, run, menu: (card, item) => menu(bench().page, card, item) };
}
