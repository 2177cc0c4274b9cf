import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appSpecs } from '../app/specs';
import { openWorkbench, type Harness } from './harness';

let bench: Harness;
beforeAll(async () => {
  bench = await openWorkbench();
});
afterAll(async () => bench?.close());

/** The same specs run in the real app by wdio.conf.mts. */
describe('Labpath in the workbench', () => {
  it.each(appSpecs)('$claim', async ({ look, expected }) => {
    const seen = await bench.page.evaluate(`(${String(look)})(window.workbench.app)`);
    expect(seen).toEqual(expected);
  });
});
