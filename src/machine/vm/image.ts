import { createHash } from 'node:crypto';
import { access, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { cacheHome, type Environment } from '../folder';
import { withLock } from '../lock';
import { buildImage, recipe } from './build';

/** A bootable Debian on disk. Absolute paths; nothing ever writes to these files again. */
export interface VmImage {
  /** A raw disk with an ext4 file system and nothing else. */
  readonly disk: string;
  readonly kernel: string;
  readonly initrd: string;
}

/** Building takes minutes; another command that wants the same image waits that long. */
const buildPatienceMs = 30 * 60_000;

/** The folder of all images: `$XDG_CACHE_HOME/labpath`, by default under `~/.cache`. */
export function imageCache(env: Environment): string {
  return path.join(cacheHome(env), 'labpath');
}

/**
 * The image of the present recipe: from the cache, else built into it. The folder's name is a hash of the recipe
 * (packages and scripts), so that a changed recipe never meets an old disk; images of older recipes are removed.
 *
 * @throws ProblemError when something for the building is missing, or it fails.
 */
export async function ensureImage(
  env: Environment,
  onProgress: (sentence: string) => void,
): Promise<VmImage> {
  const name = imageName();
  const cache = imageCache(env);
  const folder = path.join(cache, name);
  const image = imageIn(folder);
  if (await exists(image.disk)) return image;
  await mkdir(cache, { recursive: true, mode: 0o700 });
  return withLock(
    path.join(cache, '.lock'),
    async () => {
      if (await exists(image.disk)) return image;
      // What a build left that was killed, and images of older recipes.
      for (const old of await imagesOf(env))
        await rm(path.join(cache, old), { recursive: true, force: true });
      const building = path.join(cache, `${name}.${process.pid}`);
      try {
        await mkdir(building, { mode: 0o700 });
        await buildImage(building, env, onProgress);
        await rename(building, folder);
      } finally {
        await rm(building, { recursive: true, force: true });
      }
      return image;
    },
    buildPatienceMs,
  );
}

/** Removes every image. Machines that run keep theirs, which the kernel holds until they end. Gives how many. */
export async function removeImages(env: Environment): Promise<number> {
  const images = await imagesOf(env);
  for (const image of images) await rm(path.join(imageCache(env), image), { recursive: true, force: true });
  return images.length;
}

async function imagesOf(env: Environment): Promise<readonly string[]> {
  const entries = await readdir(imageCache(env)).catch(() => []);
  return entries.filter((entry) => /^vm-[0-9a-f]{16}(\.|$)/.test(entry));
}

function imageName(): string {
  return `vm-${createHash('sha256').update(recipe()).digest('hex').slice(0, 16)}`;
}

function imageIn(folder: string): VmImage {
  return {
    disk: path.join(folder, 'disk.img'),
    kernel: path.join(folder, 'kernel'),
    initrd: path.join(folder, 'initrd'),
  };
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
