import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostTarget } from '../../src/ssh/target';
import { freePort, knowingOrdinaryUser, makeKey, ordinaryUserMissing } from './sshd';

export interface Dropbear {
  readonly target: HostTarget;
  stop(): Promise<void>;
}

/** Why no Dropbear can be started here, or null when one can. */
export function dropbearMissing(): string | null {
  if (spawnSync('dropbear', ['-V']).error !== undefined) return 'dropbear-bin is not installed';
  // It takes the keys from the user's home, which must not be the real one.
  return ordinaryUserMissing();
}

/** A real Dropbear on loopback that lets in an ordinary user of its own. */
export async function startDropbear(): Promise<Dropbear> {
  const folder = mkdtempSync(join(tmpdir(), 'labpath-dropbear-'));
  const port = await freePort();
  const identityFile = join(folder, 'id_ed25519');
  makeKey(identityFile, 'ed25519');
  const hostKey = join(folder, 'host_key');
  execFileSync('dropbearkey', ['-t', 'ed25519', '-f', hostKey], { stdio: 'ignore' });
  const shown = execFileSync('dropbearkey', ['-y', '-f', hostKey], { encoding: 'utf8' });
  const [publicKey = ''] = /^ssh-ed25519 \S+/m.exec(shown) ?? [];
  const knownHostsFile = join(folder, 'known_hosts');
  writeFileSync(knownHostsFile, `[127.0.0.1]:${port} ${publicKey}\n`);
  const { user, home, id, command } = knowingOrdinaryUser(folder);
  mkdirSync(join(home, '.ssh'), { mode: 0o700 });
  execFileSync('cp', [`${identityFile}.pub`, join(home, '.ssh', 'authorized_keys')]);
  for (const path of ['.ssh', '.ssh/authorized_keys']) chownSync(join(home, path), id, id);
  const args = ['-F', '-E', '-s', '-p', `127.0.0.1:${port}`, '-r', hostKey, '-P', join(folder, 'pid')];
  const [first = '', ...rest] = [...command, 'dropbear', ...args];
  const server = spawn(first, rest, { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    server.stderr.on('data', (bytes: Buffer) => {
      log += bytes.toString();
      // It says so once it listens.
      if (/Not backgrounding/.test(log)) resolve();
    });
    server.once('close', () => reject(new Error(`dropbear ended: ${log}`)));
  });
  return {
    target: {
      name: 'lab',
      address: '127.0.0.1',
      port,
      user,
      identityFiles: [identityFile],
      agentSocket: null,
      knownHostsFiles: [knownHostsFile],
    },
    async stop() {
      server.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
