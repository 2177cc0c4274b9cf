/** What tests of cells begin with: a lab machine, the workbench with the cells' vault, and a host that was agreed to. */
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { cell, menu, press, runButton } from './cells';
import { openWorkbench, repository, type Harness, type HarnessOptions } from './harness';
import { startLab, type TestLab } from './labMachine';

export interface CellsOptions extends Pick<HarnessOptions, 'viewport'> {
  /** Folder beside this file; by default the vault that most of these tests share. */
  readonly vault?: string;
  /** Opened before each test, in Live Preview. */
  readonly note: string;
  /** Id of the cell that is run first, which asks. */
  readonly first: string;
  /** Leaves it to the tests to open notes. */
  readonly opensOnce?: boolean;
}

export interface Cells {
  readonly bench: () => Harness;
  readonly machine: () => TestLab;
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
  let lab: TestLab | undefined;
  let harness: Harness | undefined;
  const bench = (): Harness => opened(harness);
  const machine = (): TestLab => opened(lab);

  const run = async (id: string): Promise<Locator> => {
    const card = await cell(bench(), id);
    await runButton(card).click();
    return card;
  };

  beforeAll(async () => {
    lab = await startLab();
    harness = await openWorkbench({
      vault: join(repository, 'test/e2e', vault),
      stateFolder: lab.stateFolder,
      env: lab.env,
      allowedPorts: () => machine().ports(),
      ...options,
    });
    await harness.openNote(note, 'live');
    await run(first);
    await press(harness.page, 'Run on lab');
  });

  afterAll(async () => {
    await harness?.close();
    await lab?.stop();
  });

  if (!opensOnce) beforeEach(() => bench().openNote(note, 'live'));

  return { bench, machine, run, menu: (card, item) => menu(bench().page, card, item) };
}

function opened<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error('The workbench is open only while tests run.');
  return thing;
}
