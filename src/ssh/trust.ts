import { ProblemError } from '../base/problem';
import { fromBase64 } from './base64';
import { changedHostKey, refusedHostKey, revokedHostKey } from './connectProblems';
import type { HostTarget } from './hostTarget';
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
  readonly entries: readonly KnownHostInFile[];
  /** Accepts a key (wire format, base64) or rejects with a ProblemError. Asks when the host is unknown. */
  accept(key: string): Promise<void>;
}

/** Files that cannot be read say nothing, as with ssh. */
export async function readTrust(target: HostTarget, prompts: Pick<Prompts, 'trust'>): Promise<HostTrust> {
  const { createHash, createHmac } = await nodeCrypto();
  const hmac: HmacSha1 = (keyBase64, text) =>
    createHmac('sha1', fromBase64(keyBase64)).update(text).digest('base64');
  const fingerprint = (key: string): string =>
    `SHA256:${createHash('sha256').update(fromBase64(key)).digest('base64').replace(/=+$/, '')}`;

  const name = target.hostKeyAlias ?? knownHostName(target.address, target.port);
  const entries: KnownHostInFile[] = [];
  for (const file of target.knownHostsFiles) {
    const found = entriesFor(parseKnownHosts(await readText(file)), name, hmac);
    entries.push(...found.map((entry) => ({ ...entry, file })));
  }
  const place = (conflict: KnownHost): string => {
    const file = entries.find((entry) => entry === conflict)?.file ?? '';
    return `${file}:${conflict.line}`;
  };

  return {
    entries,
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
          const [file = null] = target.knownHostsFiles;
          const answer = await prompts.trust({
            host: target.name,
            knownAs: name,
            keyType: keyTypeOf(key),
            fingerprint: fingerprint(key),
            file,
            authorityOnly: verdict.authorityOnly,
          });
          if (answer === 'trust' && file !== null) await remember(file, `${name} ${keyTypeOf(key)} ${key}`);
          else if (answer !== 'trust' && answer !== 'once') {
            throw new ProblemError(refusedHostKey(target.name, fingerprint(key)));
          }
        }
      }
    },
  };
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
