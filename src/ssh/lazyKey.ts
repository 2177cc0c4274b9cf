import type { BaseAgent, IdentityCallback, ParsedKey, SignCallback, SigningRequestOptions } from 'ssh2';
import { ssh2 } from './library';

type SignedData = Parameters<BaseAgent['sign']>[1];

/**
 * A key whose private half is fetched only when the server wants it. Offering needs the public half alone, so nobody is
 * asked for the passphrase of a key that would be refused; ssh does the same. In ssh2 only agents may take their time.
 *
 * @param fetch the private key; null when there is none, and the login goes on with the next way
 */
export async function lazyKey(
  publicKey: ParsedKey,
  fetch: () => Promise<ParsedKey | null>,
): Promise<BaseAgent> {
  const { BaseAgent: Agent } = await ssh2();
  class LazyKey extends Agent<ParsedKey> {
    getIdentities(done: IdentityCallback<ParsedKey>): void {
      done(null, [publicKey]);
    }

    sign(
      _key: ParsedKey,
      data: SignedData,
      options: SigningRequestOptions | SignCallback,
      done: SignCallback = () => undefined,
    ): void {
      const { finish, hash } =
        typeof options === 'function'
          ? { finish: options, hash: undefined }
          : { finish: done, hash: options.hash };
      void fetch().then(
        (key) => {
          const signed = key?.sign(data, hash) ?? new Error('There is no private key.');
          if (signed instanceof Error) finish(signed);
          else finish(null, signed);
        },
        (error: unknown) => finish(error instanceof Error ? error : new Error(String(error))),
      );
    }
  }
  return new LazyKey();
}
