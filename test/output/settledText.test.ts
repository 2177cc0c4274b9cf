import { describe, expect, it } from 'vitest';
import { SettledText } from '../../src/output/settledText';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function settled(text: string, colours = false): string {
  const filter = new SettledText(colours);
  return filter.push(bytes(text)) + filter.end();
}

describe('output for a file or a pipe', () => {
  it.each([
    ['plain lines as they are', 'a\tb\n\nc', 'a\tb\n\nc'],
    ['of a progress bar the end', ' 10 %\r 50 %\r100 %\n', '100 %\n'],
    ['line ends of a terminal', 'one\r\ntwo\r\n', 'one\ntwo\n'],
    ['a shorter text over an erased one', 'downloading\r\x1b[Kdone\n', 'done\n'],
    ['what was typed over', 'passwort\bd\n', 'password\n'],
    ['no colours', '\x1b[31mred\x1b[0m\n', 'red\n'],
    ['no titles and questions', '\x1b]0;title\x07\x1b[6n\x1b[2Jx\n', 'x\n'],
    ['movements to other lines as if they had not been', 'a\nb\n\x1b[2Ac\n', 'a\nb\nc\n'],
  ])('gives %s', (_what, written, expected) => {
    expect(settled(written)).toBe(expected);
  });

  it('keeps colours when they are wanted, each line by itself', () => {
    expect(settled('\x1b[31mred\nstill\x1b[0m\n', true)).toBe(
      '\x1b[38;5;1mred\x1b[m\n\x1b[38;5;1mstill\x1b[m\n',
    );
  });

  it('gives a line when it ends, and what is left at the end of the program', () => {
    const filter = new SettledText(false);
    expect(filter.push(bytes('one\ntw'))).toBe('one\n');
    expect(filter.push(bytes('o\r'))).toBe('');
    expect(filter.end()).toBe('two');
  });

  it('does not grow with what a program asks for', () => {
    expect(settled('\x1b[999999999Cx\n').length).toBeLessThan(1_100_000);
  });
});
