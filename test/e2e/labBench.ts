/** What tests with a lab machine begin with: the machine, and the workbench with a vault that may reach it. */
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openWorkbench, repository, type Harness, type HarnessOptions } from './harness';
import { startLab, type TestLab } from './labMachine';

export interface LabBenchOptions extends Pick<HarnessOptions, 'viewport'> {
  /** Folder beside this file. */
  readonly vault: string;
  /** Opened once, in Live Preview; otherwise the tests open their notes. */
  readonly note?: string;
  /** Lets the app start, reset and end the machine, by the real `labpath`. */
  readonly drives?: boolean;
}

export interface LabBench {
  readonly bench: () => Harness;
  readonly machine: () => TestLab;
}

/** Opened before the tests of the calling file and closed after them. The members work in tests and hooks only. */
export function useLabBench({ vault, note, drives = false, ...options }: LabBenchOptions): LabBench {
  let lab: TestLab | undefined;
  let harness: Harness | undefined;
  const bench = (): Harness => opened(harness);
  const machine = (): TestLab => opened(lab);

  beforeAll(async () => {
    lab = await startLab();
    harness = await openWorkbench({
      vault: join(repository, 'test/e2e', vault),
      stateFolder: lab.stateFolder,
      env: lab.env,
      allowedPorts: () => machine().ports(),
      ...(drives ? { start: (program, args) => machine().start(program, args) } : {}),
      ...options,
    });
    if (note !== undefined) await harness.openNote(note, 'live');
  });

  afterAll(async () => {
    await harness?.close();
    await lab?.stop();
  });

  return { bench, machine };
}

function opened<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error('The workbench is open only while tests run.');
  return thing;
}
