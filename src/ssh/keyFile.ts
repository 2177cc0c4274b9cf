import type { ParsedKey } from 'ssh2';
import { base64, fromBase64 } from './base64';
import { keyTypeOf } from './knownHosts';
import { ssh2 } from './library';
import { nodeFiles } from './node';

/** What an identity file turned out to be. */
export type KeyFile =
  | { readonly kind: 'private'; readonly key: ParsedKey }
  /** Protected by a passphrase. `publicKey`: its public half, null when only the passphrase will tell. */
  | { readonly kind: 'protected'; readonly text: string; readonly publicKey: ParsedKey | null }
  /** Nothing that can be used, with the reason as a clause; null where there is no such file. */
  | { readonly kind: 'useless'; readonly why: string | null };

export async function readKeyFile(file: string): Promise<KeyFile> {
  const { readFile } = await nodeFiles();
  const { utils } = await ssh2();
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return { kind: 'useless', why: isMissing ? null : 'cannot be read' };
  }
  const key = first(utils.parseKey(text));
  if (!(key instanceof Error)) {
    return key.isPrivateKey()
      ? { kind: 'private', key }
      : { kind: 'useless', why: 'holds a public key, not a private one' };
  }
  if (!/no passphrase given/i.test(key.message)) {
    return { kind: 'useless', why: 'of a kind that Labpath cannot read' };
  }
  const publicText = await readFile(`${file}.pub`, 'utf8').catch(() => publicHalf(text));
  const publicKey = publicText === null ? null : first(utils.parseKey(publicText));
  return { kind: 'protected', text, publicKey: publicKey instanceof Error ? null : publicKey };
}

/** The key behind a passphrase, or null when it is another one. */
export async function unlock(text: string, passphrase: string): Promise<ParsedKey | null> {
  const { utils } = await ssh2();
  // Of a wrong passphrase ssh2 says now that the check failed, now that the key is malformed.
  const key = first(utils.parseKey(text, passphrase));
  return key instanceof Error || !key.isPrivateKey() ? null : key;
}

/**
 * The public half in the clear part of OpenSSH's own format (openssh-key-v1 of PROTOCOL.key): a magic word, three
 * strings about the cipher, the number of keys, and the public key, each string with its length in four bytes before it.
 */
function publicHalf(text: string): string | null {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]+?)-----END/.exec(text)?.[1];
  if (body === undefined) return null;
  const bytes = fromBase64(body.replace(/\s/g, ''));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 'openssh-key-v1\0'.length;
  const string = (): Uint8Array => {
    const start = at + 4;
    at = start + view.getUint32(at);
    return bytes.subarray(start, at);
  };
  try {
    for (let skipped = 0; skipped < 3; skipped++) string();
    at += 4;
    const key = base64(string());
    return `${keyTypeOf(key)} ${key}`;
  } catch {
    return null;
  }
}

/** ssh2's declarations promise one key or an error; the parser of old formats returns a list. */
function first(parsed: ParsedKey | ParsedKey[] | Error): ParsedKey | Error {
  if (!Array.isArray(parsed)) return parsed;
  return parsed[0] ?? new Error('The file holds no key.');
}
