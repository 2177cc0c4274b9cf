import { describe, expect, it } from 'vitest';
import { linesWithHidden, visible, visibleLine } from '../../src/base/visible';

describe('S6: A text to be judged', () => {
  it.each([
    ['reversed text', 'a\u202eb', 'a‹U+202E›b'],
    ['isolates', '\u2066x\u2069', '‹U+2066›x‹U+2069›'],
    ['zero-width letters', 'su\u200bdo\ufeff', 'su‹U+200B›do‹U+FEFF›'],
    ['a space that is none to a shell', 'rm\u00a0x', 'rm‹U+00A0›x'],
    ['carriage returns and escapes', 'ls\r\x1b[2K', 'ls‹U+000D›‹U+001B›[2K'],
    ['letters that show nothing', 'a\u3164b\u2800', 'a‹U+3164›b‹U+2800›'],
    ['tags', 'a\u{e0041}', 'a‹U+E0041›'],
    ['variation selectors', 'a\ufe0f\ufe00', 'a‹U+FE0F›‹U+FE00›'],
    ['line separators', 'a\u2028b', 'a‹U+2028›b'],
  ])('shows %s by their code points', (_what, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('leaves what can be seen alone: line ends, tabs, letters of any script, emoji', () => {
    const text = 'echo "ü 漢字 العربية ✅ ⚠️"\n\tls | grep -v x';
    expect(visible(text)).toBe(text);
    expect(linesWithHidden(text)).toEqual([]);
  });

  it('that is a name stays on one line', () => {
    expect(visibleLine('a\nb\u202e')).toBe('a⏎b‹U+202E›');
  });

  it('is told by the lines that hide something', () => {
    expect(linesWithHidden('ls\nrm\u200b x\necho')).toEqual([2]);
  });
});
