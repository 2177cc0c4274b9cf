/** The workbench with the fixture plugin in it, for one test file. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openWorkbench, repository, type Harness } from '../e2e/harness';
import type FixturePlugin from './fixture/main';
import { buildFixture } from './fixture/build';

const startTimeoutMs = 60_000;

export interface FixtureBench extends Harness {
  /** What the fixture noted since the last call, once nothing more has come for a moment. */
  logged(): Promise<string[]>;
  /** Absolute path of a file of the vault. */
  onDisk(path: string): string;
  /** The path, once the page knows the file. */
  known(path: string): Promise<string | undefined>;
}

/** Opens it before the tests of the calling file and closes it after them. The members work in tests and hooks only. */
export function useFixtureBench(): () => FixtureBench {
  let bench: FixtureBench | undefined;
  let pluginDir: string | undefined;

  beforeAll(async () => {
    pluginDir = await buildFixture();
    const harness = await openWorkbench({ vault: join(repository, 'test/workbench/vault'), pluginDir });
    bench = Object.assign(harness, {
      onDisk: (path: string) => join(harness.vault, path),
      known: (path: string) =>
        harness.page.evaluate((wanted) => window.workbench?.app.vault.getFileByPath(wanted)?.path, path),
      logged: () =>
        harness.page.evaluate(async () => {
          const { log } = window.workbench?.plugin as unknown as FixturePlugin;
          for (let before = -1; before !== log.length;) {
            before = log.length;
            await new Promise((resolve) => window.setTimeout(resolve, 150));
          }
          return log.splice(0);
        }),
    });
  }, startTimeoutMs);

  afterAll(async () => {
    await bench?.close();
    if (pluginDir !== undefined) await rm(pluginDir, { recursive: true, force: true });
  });

  return () => {
    if (bench === undefined) throw new Error('The workbench is open only while tests run.');
    return bench;
  };
}
