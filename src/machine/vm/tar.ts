import { Buffer } from 'node:buffer';

export interface TarFile {
  /** Relative path inside the archive, at most 100 bytes. */
  readonly path: string;
  readonly content: Buffer | string;
  /** Permission bits. */
  readonly mode: number;
}

const block = 512;

/** An archive of regular files owned by root, in the ustar format of POSIX.1-1988, whole blocks long. */
export function tarOf(files: readonly TarFile[]): Buffer {
  const parts = files.flatMap(({ path, content, mode }) => {
    const data = Buffer.from(content);
    return [header(path, data.length, mode), data, Buffer.alloc((block - (data.length % block)) % block)];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
}

function header(path: string, size: number, mode: number): Buffer {
  if (Buffer.byteLength(path) > 100) throw new RangeError(`${path} is too long for a tar header.`);
  const head = Buffer.alloc(block);
  const octal = (value: number, offset: number, digits: number) =>
    head.write(`${value.toString(8).padStart(digits, '0')}\0`, offset);
  head.write(path, 0);
  octal(mode, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(size, 124, 11);
  octal(0, 136, 11);
  head.write('        0ustar\u000000root', 148);
  head.write('root', 297);
  octal(
    head.reduce((sum, byte) => sum + byte, 0),
    148,
    6,
  );
  return head;
}
