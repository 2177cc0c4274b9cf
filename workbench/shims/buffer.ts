/** The `buffer` package and the undocumented methods of Node's Buffer that ssh2 calls for speed. */
import * as bufferPackage from 'buffer/';

export const { Buffer } = bufferPackage;

const encodings = ['utf8', 'latin1', 'ascii', 'hex', 'base64', 'ucs2'] as const;

for (const encoding of encodings) {
  define(`${encoding}Slice`, function (this: Buffer, start?: number, end?: number) {
    return this.toString(encoding, start, end);
  });
  define(
    `${encoding}Write`,
    function (this: Buffer, text: string, offset = 0, length = this.length - offset) {
      return this.write(text, offset, length, encoding);
    },
  );
}

function define(name: string, value: unknown): void {
  if (name in Buffer.prototype) return;
  Object.defineProperty(Buffer.prototype, name, { value, writable: true, configurable: true });
}

export const buffer = bufferPackage;
