import { createHash } from 'node:crypto';
import { access, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
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
/** An image nobody has used for so long goes when another one is built. */
const keptUnusedMs = 30 * 24 * 60 * 60_000;

/** The folder of all images: `$XDG_CACHE_HOME/labpath`, by default under `~/.cache`. */
export function imageCache(env: Environment): string {
  return path.join(cacheHome(env), 'labpath');
}

/**
 * The image of the present recipe: from the cache, else built into it. The folder's name is a hash of the recipe
 * (packages and scripts), so that a changed recipe never meets an old disk. Other versions of Labpath may still use theirs,
 * so images of other recipes stay until nobody has used them for a month.
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
  if (await exists(image.disk)) {
    await markUsed(folder);
    return image;
  }
  await mkdir(cache, { recursive: true, mode: 0o700 });
  const lock = path.join(cache, '.lock');
  if (await exists(lock)) onProgress('Waiting for another command that is building an image …');
  return withLock(
    lock,
    async () => {
      if (await exists(image.disk)) return image;
      await removeUnused(env);
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

/** True when the next virtual machine needs no building. */
export function isImageBuilt(env: Environment): Promise<boolean> {
  return exists(imageIn(path.join(imageCache(env), imageName())).disk);
}

function markUsed(folder: string): Promise<void> {
  const now = new Date();
  // A cache that only others may write to serves as well.
  return utimes(folder, now, now).catch(() => undefined);
}

/** Only while the lock is held: then a folder with a process behind its name is what a killed build left. */
async function removeUnused(env: Environment): Promise<void> {
  for (const name of await imagesOf(env)) {
    const folder = path.join(imageCache(env), name);
    const { mtimeMs } = await stat(folder);
    if (name.includes('.') || Date.now() - mtimeMs > keptUnusedMs)
      await rm(folder, { recursive: true, force: true });
  }
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
