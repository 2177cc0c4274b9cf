import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact, type Private } from '../../src/trust/redact';

const nothing: Private = { hosts: [], notes: [], folders: [] };

describe('a text for strangers', () => {
  it.each([
    ['a login', 'Login as deploy@canary.example.org:2222 failed.'],
    ['a login by address', 'ssh root@[2001:db8::1]:22'],
    ['an IPv4 address', 'connect ECONNREFUSED 198.51.100.7:22'],
    ['an IPv6 address', 'connect ECONNREFUSED 2001:db8:0:1::7 port 22'],
    ['a short IPv6 address', 'listening on fe80::1'],
    ['a domain', 'getaddrinfo ENOTFOUND canary.internal'],
    ['a home folder', 'The key /home/canary/.ssh/id_ed25519 cannot be read.'],
    ['a home folder of Windows', String.raw`The key C:\Users\canary\.ssh\id_rsa cannot be read.`],
    ['a fingerprint', 'The key is SHA256:canaryAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA now.'],
    ['a note in quotes', 'The note “Work/canary plans.md” was not found.'],
    ['a password', 'password=canary-secret'],
    ['a token', 'Authorization: Bearer canary0123456789abcdef'],
    ['a private key', '-----BEGIN OPENSSH PRIVATE KEY-----\ncanary\n-----END OPENSSH PRIVATE KEY-----'],
  ])('has no %s', (_, text) => {
    expect(redact(text, nothing)).not.toMatch(/canary|198\.51|2001:db8|fe80/);
  });

  it('has none of the names that are known to be private, in any case', () => {
    const hidden = { hosts: ['bastion', 'db'], notes: ['Salary talks'], folders: ['/srv/vaults/mine'] };
    const text = 'Bastion refused; DB, database and db-2 too. /srv/vaults/mine/x; “Salary talks”.';
    expect(redact(text, hidden)).toBe(
      '‹host 1› refused; ‹host 2›, database and ‹host 2›-2 too. ‹folder›/x; “‹note›”.',
    );
  });

  it('keeps what helps: versions, times, files of programs, the lab machine, exit statuses', () => {
    const text =
      '2026-11-28T06:30:01.123Z Obsidian 1.13.1, Node 22.1.0: The cell on “lab” ended with exit status 127 at 06:30:01. main.js:12 ENOENT machine.json';
    expect(redact(text, { ...nothing, hosts: ['lab'] })).toBe(text);
  });

  it('takes names of any characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 2 }), (name) => {
        expect(() => redact(`x ${name} x`, { ...nothing, notes: [name] })).not.toThrow();
      }),
    );
    expect(redact('in /tmp/a-b/v.1+(x)', { ...nothing, folders: ['/tmp/a-b/v.1+(x)'] })).toBe('in ‹folder›');
  });

  it('never lets a known name through, whatever stands around it', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9]{3,11}$/);
    const around = fc.stringMatching(/^[ .:@/“”()'-]{0,3}$/);
    fc.assert(
      fc.property(name, around, around, (host, before, behind) => {
        const text = `Zoll ${before}${host}${behind} Zoll`;
        return host === 'zoll' || !redact(text, { ...nothing, hosts: [host] }).includes(host);
      }),
    );
  });
});
