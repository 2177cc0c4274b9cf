import { spawn } from 'node:child_process';
import { access, constants, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import type { Environment } from '../folder';
import { imageCache, type VmImage } from './image';

/** Who executes the guest's instructions: the processor itself, or QEMU's translator (TCG). */
export type Accelerator = 'kvm' | 'tcg';

const patienceMs = 15_000;

export const acceleratorArguments: Readonly<Record<Accelerator, readonly string[]>> = {
  kvm: ['-accel', 'kvm', '-cpu', 'host'],
  tcg: ['-accel', 'tcg,thread=multi', '-cpu', 'max'],
};

/**
 * Whether KVM really works here: /dev/kvm can exist and open, and yet no guest gets going (nested virtualisation that is
 * half allowed). So a kernel is booted, once per boot of this computer and version of QEMU, until it finds that it has no
 * root folder; that takes a second where it works.
 */
export async function findAccelerator(qemu: string, image: VmImage, env: Environment): Promise<Accelerator> {
  const usable = await access('/dev/kvm', constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!usable) return 'tcg';
  const file = path.join(imageCache(env), 'accelerator.json');
  const bootId = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const key = `${bootId.trim()} ${String((await stat(qemu)).mtimeMs)}`;
  const known = await readFile(file, 'utf8').catch(() => '');
  if (known.startsWith(`${key} `)) return known.endsWith('kvm') ? 'kvm' : 'tcg';
  const accelerator = (await bootsWith(qemu, image, acceleratorArguments.kvm)) ? 'kvm' : 'tcg';
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, `${key} ${accelerator}`, { mode: 0o600 });
  return accelerator;
}

/** Boots the kernel alone: it ends in a panic for want of a root folder, and with it QEMU (-no-reboot). */
async function bootsWith(qemu: string, image: VmImage, accelerator: readonly string[]): Promise<boolean> {
  const append = 'console=ttyS0 panic=-1';
  const machine = ['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot', '-m', '256'];
  const boot = ['-kernel', image.kernel, '-append', append, '-serial', 'stdio'];
  const guest = spawn(qemu, [...machine, ...accelerator, ...boot], { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  return new Promise((resolve) => {
    const end = (works: boolean) => {
      clearTimeout(timer);
      guest.kill('SIGKILL');
      resolve(works);
    };
    const timer = setTimeout(() => end(false), patienceMs);
    guest.stdout.on('data', (data: Uint8Array) => {
      said += new TextDecoder().decode(data);
      if (/Unable to mount root fs|Kernel panic/.test(said)) end(true);
    });
    guest.once('error', () => end(false));
    guest.once('close', () => end(false));
  });
}
