import type { Buffer } from 'node:buffer';
import { shellQuote } from '../../base/quote';
import { tarOf } from './tar';

/** What one boot of a virtual machine brings to the image that all share. */
export interface Seed {
  readonly name: string;
  /** Address and prefix length on the segment, or nothing. */
  readonly address: string;
  readonly internet: boolean;
  /** Lines for /etc/hosts. */
  readonly hosts: string;
  /** Files for /etc/ssh. */
  readonly ssh: Readonly<Record<string, Buffer | string>>;
}

/** The archive that `guest.bash` unpacks over the root folder. */
export function seedOf({ name, address, internet, hosts, ssh }: Seed): Buffer {
  const about = [`name=${shellQuote(name)}`, `internet=${internet ? 'yes' : 'no'}`];
  return tarOf([
    { path: 'etc/labpath/machine', content: [...about, `address=${address}`, ''].join('\n'), mode: 0o644 },
    {
      path: 'etc/hosts',
      content: `127.0.0.1\tlocalhost\n127.0.1.1\t${name}\n::1\tlocalhost ip6-localhost ip6-loopback\n${hosts}`,
      mode: 0o644,
    },
    ...Object.entries(ssh).map(([file, content]) => ({ path: `etc/ssh/${file}`, content, mode: 0o600 })),
  ]);
}
