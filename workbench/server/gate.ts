/** Who may speak to the workbench: only pages it served itself, only to someone who knows its token. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const cookieName = 'labpath-workbench';

export type Verdict =
  | { readonly kind: 'pass' }
  /** The token came in the address: keep it in a cookie and load the page again without it. */
  | { readonly kind: 'admit'; readonly setCookie: string }
  | { readonly kind: 'refuse'; readonly why: string };

/**
 * Decides on every request, HTTP or WebSocket.
 *
 * A loopback port can be reached by every page of every browser on the machine, and (by DNS rebinding) under
 * names we never chose, so the token is needed always, and `Host` and `Origin` must be our own address.
 */
export class Gate {
  readonly token = randomBytes(32).toString('base64url');

  /** `authorities` are the accepted values of `Host`, such as `127.0.0.1:4321`. */
  constructor(private readonly authorities: () => readonly string[]) {}

  judge(headers: IncomingHttpHeaders, url: URL): Verdict {
    const host = headers.host ?? '';
    if (!this.authorities().includes(host)) {
      return { kind: 'refuse', why: 'This address is not the workbench’s own.' };
    }
    const { origin } = headers;
    if (origin !== undefined && origin !== `http://${host}`) {
      return { kind: 'refuse', why: 'The request comes from another site.' };
    }
    const offered = url.searchParams.get('token');
    if (url.pathname === '/' && offered !== null && this.isToken(offered)) {
      return {
        kind: 'admit',
        setCookie: `${this.cookieFor(host)}=${this.token}; Path=/; HttpOnly; SameSite=Strict`,
      };
    }
    if (this.isToken(cookies(headers.cookie)[this.cookieFor(host)] ?? '')) return { kind: 'pass' };
    return {
      kind: 'refuse',
      why: 'Open the workbench with the address that it printed; it holds a token that changes at every start.',
    };
  }

  /** Cookies are shared by all ports of a host, so each workbench names its own after its port. */
  private cookieFor(host: string): string {
    return `${cookieName}-${host.split(':')[1] ?? ''}`;
  }

  private isToken(offered: string): boolean {
    const left = Buffer.from(offered);
    const right = Buffer.from(this.token);
    return left.length === right.length && timingSafeEqual(left, right);
  }
}

function cookies(header = ''): Readonly<Record<string, string>> {
  const pairs = header.split(';').map((pair) => pair.trim().split('='));
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]));
}
