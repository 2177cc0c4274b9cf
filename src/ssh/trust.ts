import { ProblemError } from '../base/problem';
import { fromBase64 } from './base64';
import {
  changedHostKey,
  refusedHostKey,
  revokedHostKey,
  strictlyUnknown,
  unreadableRevocations,
  unwritableKnownHosts,
} from './connectProblems';
import type { HostTarget } from './target';
import {
  entriesFor,
  judge,
  keyTypeOf,
  knownHostName,
  parseKnownHosts,
  type HmacSha1,
  type KnownHost,
} from './knownHosts';
import { nodeCrypto, nodeFiles, nodePath } from './node';
import type { Prompts } from './prompts';

export interface KnownHostInFile extends KnownHost {
  readonly file: string;
}

/** What is known of one host before it is connected to. */
export interface HostTrust {
  /** Those that decide which host key is asked for first. */
  readonly entries: readonly KnownHost[];
  /**
   * Accepts a key (wire format, base64) or rejects with a ProblemError. Asks when the host is unknown, unless the target
   * says what becomes of it then.
   */
  accept(key: string): Promise<void>;
}

/** Files that cannot be read say nothing, as with ssh. */
export async function readTrust(target: HostTarget, prompts: Pick<Prompts, 'trust'>): Promise<HostTrust> {
  const { createHash, createHmac, randomBytes } = await nodeCrypto();
  const hmac: HmacSha1 = (keyBase64, text) =>
    createHmac('sha1', fromBase64(keyBase64)).update(text).digest('base64');
  const fingerprint = (key: string): string =>
    `SHA256:${createHash('sha256').update(fromBase64(key)).digest('base64').replace(/=+$/, '')}`;

  const hashed = (host: string): string => {
    const salt = randomBytes(20).toString('base64');
    return `|1|${salt}|${hmac(salt, host)}`;
  };

  const name = target.hostKeyAlias?.toLowerCase() ?? knownHostName(target.address, target.port);
  // As ssh does it: a key that is known for the host without its port is good on any port, and nothing else is.
  const portless = target.hostKeyAlias === undefined ? knownHostName(target.address, 22) : name;
  const entries: KnownHostInFile[] = [];
  const portlessEntries: KnownHost[] = [];
  for (const file of target.knownHostsFiles) {
    const all = parseKnownHosts(await readText(file));
    entries.push(...entriesFor(all, name, hmac).map((entry) => ({ ...entry, file })));
    if (portless !== name) portlessEntries.push(...entriesFor(all, portless, hmac));
  }
  entries.push(...(await revocations(target)));
  const place = (conflict: KnownHost): string => {
    const file = entries.find((entry) => entry === conflict)?.file ?? '';
    return `${file}:${conflict.line}`;
  };

  return {
    entries: entries.length > 0 ? entries : portlessEntries,
    async accept(key) {
      const verdict = judge(entries, key);
      switch (verdict.kind) {
        case 'known':
          return;
        case 'revoked':
          throw new ProblemError(revokedHostKey(target.name, fingerprint(key), place(verdict.conflict)));
        case 'changed':
          throw new ProblemError(
            changedHostKey(
              target.name,
              { type: keyTypeOf(key), fingerprint: fingerprint(key) },
              { type: verdict.conflict.keyType, fingerprint: fingerprint(verdict.conflict.key) },
              place(verdict.conflict),
            ),
          );
        case 'unknown': {
          if (judge(portlessEntries, key).kind === 'known') return;
          const type = keyTypeOf(key);
          if (target.unknownHostKeys === 'refuse') {
            throw new ProblemError(strictlyUnknown(target.name, type, fingerprint(key)));
          }
          const [file = null] = target.knownHostsFiles;
          // Where an authority vouches for a host, no plain key is taken for it unseen.
          const isTaken = target.unknownHostKeys === 'accept' && !verdict.authorityOnly;
          const answer = isTaken
            ? 'trust'
            : await prompts.trust({
                host: target.name,
                knownAs: name,
                keyType: type,
                fingerprint: fingerprint(key),
                file,
                authorityOnly: verdict.authorityOnly,
              });
          const remembered = target.hashKnownHosts === true ? hashed(name) : name;
          if (answer === 'trust' && file !== null) {
            await remember(file, `${remembered} ${type} ${key}`).catch((error: unknown) => {
              throw new ProblemError(unwritableKnownHosts(target.name, file, reasonOf(error)));
            });
          }
          if (answer !== 'trust' && answer !== 'once') {
            throw new ProblemError(refusedHostKey(target.name, fingerprint(key)));
          }
        }
      }
    },
  };
}

/** The keys of RevokedHostKeys. As with ssh, a list that cannot be read lets nothing through. */
async function revocations({ name, revokedHostKeysFile: file }: HostTarget): Promise<KnownHostInFile[]> {
  if (file === undefined) return [];
  const { readFile } = await nodeFiles();
  let text: string;
  try {
    text = await readFile(file, 'latin1');
  } catch (error) {
    throw new ProblemError(unreadableRevocations(name, file, reasonOf(error)));
  }
  if (text.startsWith('SSHKRL')) {
    throw new ProblemError(
      unreadableRevocations(name, file, 'It is a binary list (KRL), which Labpath cannot read.'),
    );
  }
  const lines = text.split('\n').map((line) => `@revoked * ${line.trim()}`);
  return parseKnownHosts(lines.join('\n')).map((entry) => ({ ...entry, file }));
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function readText(file: string): Promise<string> {
  const { readFile } = await nodeFiles();
  try {
    return await readFile(file, 'utf8');
  } catch {
    return '';
  }
}

async function remember(file: string, line: string): Promise<void> {
  const { appendFile, mkdir } = await nodeFiles();
  const path = await nodePath();
  const before = await readText(file);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  await appendFile(file, `${gap}${line}\n`, { mode: 0o600 });
}
