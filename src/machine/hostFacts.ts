import { readFile } from 'node:fs/promises';
import os from 'node:os';
import process from 'node:process';
import { packageFamily } from './distribution';
import type { HostTools } from './hostTools';
import { rangeForRoot, rangesForUser, type IdRange } from './idRange';
import type { HostFacts } from './refusal';

/** The user and group ids a sandbox would get here; null where there are none to be had. */
export interface IdMaps {
  readonly uids: readonly IdRange[] | null;
  readonly gids: readonly IdRange[] | null;
}

export async function idMaps(): Promise<IdMaps> {
  if (process.getuid?.() === 0) {
    const [uid, gid] = await Promise.all(['/proc/self/uid_map', '/proc/self/gid_map'].map(text));
    const one = (map: string | undefined) => {
      const range = rangeForRoot(map ?? '');
      return range === null ? null : [range];
    };
    return { uids: one(uid), gids: one(gid) };
  }
  const { username: name, uid, gid } = os.userInfo();
  const [subuid, subgid] = await Promise.all(['/etc/subuid', '/etc/subgid'].map(text));
  return {
    uids: rangesForUser(uid, { name, uid }, subuid ?? ''),
    gids: rangesForUser(gid, { name, uid }, subgid ?? ''),
  };
}

export async function hostFacts(tools: HostTools, maps: IdMaps): Promise<HostFacts> {
  const { uid, username } = os.userInfo();
  const mapped = maps.uids !== null && maps.gids !== null;
  return {
    platform: process.platform,
    uid,
    userName: username,
    family: packageFamily(await text('/etc/os-release')),
    missing: tools.missing,
    subordinateIds: uid === 0 || mapped,
    highIds: uid !== 0 || mapped,
    maxUserNamespaces: await setting('/proc/sys/user/max_user_namespaces'),
    unprivilegedUsernsClone: await setting('/proc/sys/kernel/unprivileged_userns_clone'),
    apparmorRestrictsUserns: await setting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns'),
  };
}

async function setting(file: string): Promise<number | null> {
  const value = await text(file);
  return value === '' ? null : Number(value);
}

/** The file's text, or nothing where it cannot be read. */
async function text(file: string): Promise<string> {
  return (await readFile(file, 'utf8').catch(() => '')).trim();
}
