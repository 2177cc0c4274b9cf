/**
 * Node's `crypto` for the page: crypto-browserify and what ssh2 asks for beside it. No ed25519 and no x25519: hosts and
 * keys must be ECDSA or RSA, and the key exchange is ECDH over the NIST curves.
 */
import * as browserify from 'crypto-browserify';
import { commonJs } from './commonJs';

const real = commonJs(browserify);

/** The same time for every answer, as far as a page can promise it. Lengths must be equal, as in Node. */
export function timingSafeEqual(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) throw new RangeError('Input buffers must have the same byte length');
  let difference = 0;
  for (const [index, byte] of left.entries()) difference |= byte ^ (right[index] ?? 0);
  return difference === 0;
}

/** Without GCM: crypto-browserify's is a hundred times slower than its CTR, and ssh2 takes what is named here. */
export function getCiphers(): string[] {
  return ['aes-128-ctr', 'aes-192-ctr', 'aes-256-ctr', 'aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc'];
}

export function getHashes(): string[] {
  return ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'];
}

export function getCurves(): string[] {
  return ['prime256v1', 'secp256k1', 'secp384r1', 'secp521r1'];
}

export function randomUUID(): string {
  return window.crypto.randomUUID();
}

export const webcrypto = window.crypto;

export const crypto = {
  ...real,
  timingSafeEqual,
  getCiphers,
  getHashes,
  getCurves,
  randomUUID,
  webcrypto,
};
