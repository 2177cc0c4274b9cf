import { expect, it } from 'vitest';
import { TerminalFilter } from '../../src/output/terminalFilter';

const bytes = (text: string) => new TextEncoder().encode(text);

it('lets colours and movement through and drops what reaches further', () => {
  const filter = new TerminalFilter(true);
  expect(filter.push(bytes('\x1b[31mred\x1b[m\r\x1b[2K\x1b]52;c;eA==\x07\x1b]0;t'))).toBe(
    '\x1b[31mred\x1b[m\r\x1b[2K',
  );
  expect(filter.push(bytes('itle\x07\x1b[?1049hx\n'))).toBe('x\n');
});

it('drops colours where they are not wanted', () => {
  expect(new TerminalFilter(false).push(bytes('\x1b[31mred\x1b[m\n'))).toBe('red\n');
});
