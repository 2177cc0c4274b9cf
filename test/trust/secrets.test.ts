import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSecretName, maskedValues } from '../../src/trust/secretNames';
import { findSecrets, maskKnown, maskSecrets } from '../../src/trust/secretText';

describe('S11: What looks like a secret is found and masked:', () => {
  it.each([
    [
      'a private key',
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\naC1rZXk=\n-----END OPENSSH PRIVATE KEY-----',
    ],
    ['a private key whose end is cut off', '-----BEGIN RSA PRIVATE KEY-----\nMIIEow'],
    ['an AWS key', 'AKIAIOSFODNN7EXAMPLE'],
    ['a GitHub token', `ghp_${'a1B2'.repeat(9)}`],
    ['a JSON web token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmN'],
    ['a password hash', '$6$rounds=5000$saltsalt$abcdefghijklmnop/qrst'],
    ['a kubeadm token', 'abcdef.0123456789abcdef'],
  ])('%s', (_kind, secret) => {
    expect(maskSecrets(`before ${secret} after`)).not.toContain(secret.slice(30, 60) || secret);
    expect(maskSecrets(`before ${secret}\nafter`).startsWith('before ••••')).toBe(true);
  });

  it.each([
    ['password: hunter22', 'password: ••••'],
    ['DB_PASSWORD="hunter22"', 'DB_PASSWORD="••••"'],
    ['{"api_key":"hunter22"}', '{"api_key":"••••"}'],
    ['curl https://me:hunter22@example.org/x', 'curl https://me:••••@example.org/x'],
    ['Authorization: Bearer abcdefghijklmnop', 'Authorization: Bearer ••••'],
  ])('of %j only the value', (text, masked) => {
    expect(maskSecrets(text)).toBe(masked);
  });

  it.each([
    'eth0: <BROADCAST> mtu 1500 link/ether 52:54:00:12:34:56',
    'PASS: the pod answers',
    'SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ comment',
    'default via 10.0.0.1 dev eth0 proto dhcp metric 100',
    '-rw------- 1 root root 411 /root/.ssh/id_ed25519',
  ])('but not %s', (text) => {
    expect(maskSecrets(text)).toBe(text);
  });

  it('in order and without overlaps, whatever the text', () => {
    const piece = fc.constantFrom(
      'password=',
      'hunter22',
      ' ',
      '\n',
      'AKIAIOSFODNN7EXAMPLE',
      'https://a:b1234@',
      ':',
      '"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        let at = 0;
        for (const { from, to } of findSecrets(pieces.join(''))) {
          expect(from).toBeGreaterThanOrEqual(at);
          expect(to).toBeGreaterThan(from);
          at = to;
        }
      }),
    );
  });

  it('wherever a secret stands that was entered, also within or across another find', () => {
    const known = ['swordfish', 'fish-oil', 'abc'];
    expect(maskSecrets('a swordfish', findSecrets('a swordfish', known))).toBe('a ••••');
    expect(maskKnown('xswordfish-oil abc swordfish', known)).toBe('x•••• abc ••••');
    const text = 'password=swordfish-oil;';
    expect(maskSecrets(text, findSecrets(text, known))).toBe('password=••••;');
  });

  it('in a time that grows with the text only', () => {
    expect(maskSecrets('a'.repeat(200_000))).toHaveLength(200_000);
    expect(maskSecrets('pass'.repeat(50_000))).toHaveLength(200_000);
  });
});

it('S12: Names of placeholders announce secrets', () => {
  for (const name of ['password', 'db-pass', 'API_TOKEN', 'secret', 'ssh-key'])
    expect(isSecretName(name)).toBe(true);
  for (const name of ['ns', 'pod-name', 'interface', 'pid']) expect(isSecretName(name)).toBe(false);
});

it('S12: Values whose names announce a secret are masked where they are shown', () => {
  const values = { ns: 'red', password: 'hunter2', token: '' };
  expect(maskedValues(values)).toEqual({ ns: 'red', password: '••••', token: '' });
});
