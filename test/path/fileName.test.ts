import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileNameFor } from '../../src/path/fileName';

describe('file names', () => {
  it.each([
    ['Plain title - with dash', 'Plain title - with dash'],
    ['TCP/IP', 'TCP-IP'],
    ['What is DNS?', 'What is DNS'],
    ['Why: a "short" answer', 'Why a short answer'],
    ['a\\b:c*d|e<f>g', 'a-b-c-d-e-f-g'],
    ['C# and [x]^2', 'C and x-2'],
    ['.hidden.', 'hidden'],
    ['dots...  ', 'dots'],
    ['con', 'con_'],
    ['LPT1.log', 'LPT1_.log'],
    ['console', 'console'],
    ['???', 'Untitled'],
    ['', 'Untitled'],
  ])('of "%s"', (title, expected) => expect(fileNameFor(title)).toBe(expected));

  it('of long titles are cut between characters, and stay apart', () => {
    const long = '🧪'.repeat(80);
    const name = fileNameFor(`${long} one`);
    expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(200);
    expect(name).not.toContain('\uFFFD');
    expect(name).not.toBe(fileNameFor(`${long} two`));
  });

  it('are legal whatever the title, and legal names stay as they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (title) => {
        const name = fileNameFor(title);
        expect(name).not.toMatch(/[\\/:*?"<>|#^[\]\p{Cc}]/u);
        expect(name).not.toMatch(/^[.\s]|[.\s]$|^$/);
        expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
        expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(200);
        expect(fileNameFor(name)).toBe(name);
      }),
    );
  });
});
