// The shared specs in the real app: see wdio.conf.mts. Their functions travel as text, because they run in the app's page.
import { deepStrictEqual } from 'node:assert';
import { browser } from '@wdio/globals';
import { appSpecs } from './specs.ts';

describe('Labpath in Obsidian', () => {
  for (const { claim, look, expected } of appSpecs) {
    it(claim, async () => {
      const seen = await browser.executeObsidian(
        ({ app }, source) => (0, eval)(`(${source})`)(app),
        String(look),
      );
      deepStrictEqual(seen, expected);
    });
  }
});
