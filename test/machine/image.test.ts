import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ProblemError } from '../../src/base/problem';
import { ensureImage, isImageBuilt, removeImages } from '../../src/machine/vm/image';

const home = mkdtempSync(path.join(os.tmpdir(), 'labpath-image-'));
const bin = path.join(home, 'bin');
const cache = path.join(home, 'cache/labpath');
// A mmdebstrap that fails at once: what happens around a build shows without one.
mkdirSync(bin);
writeFileSync(path.join(bin, 'mmdebstrap'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
const env = { PATH: bin, XDG_CACHE_HOME: path.join(home, 'cache') };

afterAll(() => rmSync(home, { recursive: true }));

describe('the cache of images', () => {
  it('keeps images that other versions used of late, and lets go of those long unused or half built', async () => {
    const day = 24 * 60 * 60;
    for (const [name, ageDays] of [
      ['vm-00000000000000aa', 3],
      ['vm-00000000000000bb', 40],
      ['vm-00000000000000cc.4711', 0],
      ['mine', 400],
    ] as const) {
      const folder = path.join(cache, name);
      mkdirSync(folder, { recursive: true });
      const then = Date.now() / 1000 - ageDays * day;
      utimesSync(folder, then, then);
    }
    await expect(ensureImage(env, () => undefined)).rejects.toThrow(ProblemError);
    expect(readdirSync(cache).sort()).toEqual(['mine', 'vm-00000000000000aa']);
    expect(await isImageBuilt(env)).toBe(false);
    expect(await removeImages(env)).toBe(1);
    expect(readdirSync(cache)).toEqual(['mine']);
  });
});
