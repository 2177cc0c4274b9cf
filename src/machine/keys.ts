import { execFile } from 'node:child_process';
import { chmod, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { MachineFiles } from './folder';

const run = promisify(execFile);

/**
 * Makes the keys that are missing and leaves the others alone, so that a machine keeps its face between starts. The
 * user's key and one host key are ECDSA: crypto in a browser (the workbench) has no Ed25519 everywhere.
 */
export async function ensureKeys(files: MachineFiles, sshKeygen: string): Promise<void> {
  await Promise.all(
    [files.userKey, ...files.hostKeys].map(async (file) => {
      const type = file.includes('ed25519') ? ['-t', 'ed25519'] : ['-t', 'ecdsa', '-b', '256'];
      if (!(await isKeyPair(file))) {
        await Promise.all([file, `${file}.pub`].map((half) => rm(half, { force: true })));
        await run(sshKeygen, [
          '-q',
          ...type,
          '-N',
          '',
          '-C',
          `labpath ${path.basename(files.folder)}`,
          '-f',
          file,
        ]);
      }
      // ssh refuses a private key that others can read.
      await chmod(file, 0o600);
    }),
  );
}

async function isKeyPair(file: string): Promise<boolean> {
  const [secret, open] = await Promise.all(
    [file, `${file}.pub`].map((half) => readFile(half, 'utf8').catch(() => '')),
  );
  return (secret?.startsWith('-----BEGIN') && /^(ssh|ecdsa)-/.test(open ?? '')) ?? false;
}
