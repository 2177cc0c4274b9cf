import type { BaseAgent, IdentityCallback, ParsedKey, SignCallback, SigningRequestOptions } from 'ssh2';
import { base64 } from './base64';
import type { HostTarget } from './target';
import { ssh2 } from './library';
import { nodeFiles } from './node';

type SignedData = Parameters<BaseAgent['sign']>[1];

/** An agent that offers chosen keys, and their public halves in base64. */
export interface ChosenKeys {
  readonly agent: BaseAgent;
  readonly keys: readonly string[];
}

/**
 * The keys of the target's agent in the order ssh offers them: first those whose public half stands beside an identity
 * file, then the others, unless IdentitiesOnly leaves them out. Servers allow about six attempts, so order matters. A
 * clause says why there is nothing to offer; null when no agent is known.
 */
export async function chosenKeys({
  agentSocket,
  identityFiles,
  identitiesOnly,
}: Pick<HostTarget, 'agentSocket' | 'identityFiles' | 'identitiesOnly'>): Promise<
  ChosenKeys | string | null
> {
  if (agentSocket === null) return null;
  const { BaseAgent: Agent, createAgent } = await ssh2();
  const inner = createAgent(agentSocket);
  const held = await identitiesOf(inner);
  if (held === null) return `no answer at ${agentSocket}`;
  const wanted = await publicKeys(identityFiles);
  const rank = (key: ParsedKey): number => {
    const index = wanted.indexOf(base64(key.getPublicSSH()));
    return index === -1 ? wanted.length : index;
  };
  const keys = held
    .filter((key) => identitiesOnly !== true || rank(key) < wanted.length)
    .sort((one, other) => rank(one) - rank(other));
  if (keys.length === 0) return held.length === 0 ? 'holds no key' : 'holds none of the keys for this host';

  class Chosen extends Agent<ParsedKey> {
    getIdentities(done: IdentityCallback<ParsedKey>): void {
      done(null, keys);
    }

    sign(
      key: ParsedKey,
      data: SignedData,
      options: SigningRequestOptions | SignCallback,
      done?: SignCallback,
    ): void {
      if (typeof options === 'function') inner.sign(key, data, options);
      else inner.sign(key, data, options, done);
    }
  }
  return { agent: new Chosen(), keys: keys.map((key) => base64(key.getPublicSSH())) };
}

function identitiesOf(agent: BaseAgent): Promise<ParsedKey[] | null> {
  return new Promise((resolve) => {
    agent.getIdentities((error, keys) => resolve(error ? null : (keys ?? []).filter(isParsed)));
  });
}

function isParsed(key: unknown): key is ParsedKey {
  return typeof key === 'object' && key !== null && 'getPublicSSH' in key;
}

/** Of each identity file the public key beside it, in base64; ssh tells an agent's keys apart by these. */
async function publicKeys(identityFiles: readonly string[]): Promise<string[]> {
  const { readFile } = await nodeFiles();
  const texts = await Promise.all(
    identityFiles.map((file) =>
      readFile(file.endsWith('.pub') ? file : `${file}.pub`, 'utf8').catch(() => ''),
    ),
  );
  return texts.map((text) => text.trim().split(/\s+/)[1] ?? '').filter((key) => key !== '');
}
