import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { parseInfo } from '../../src/cells/attributes';

describe('an info string in our own form', () => {
  it('gives role, id, name, keys and flags', () => {
    expect(parseInfo('bash {check #ping name=reach timeout=5s layer=ip expect-exit="0" skip}')).toEqual({
      info: 'bash {check #ping name=reach timeout=5s layer=ip expect-exit="0" skip}',
      lang: 'bash',
      role: 'check',
      id: 'ping',
      name: 'reach',
      attributes: { name: 'reach', timeout: '5s', layer: 'ip', 'expect-exit': '0', skip: true },
      warnings: [],
    });
  });

  it('needs no blank before the brace and takes the role wherever it stands', () => {
    expect(parseInfo('bash{#x setup}')).toMatchObject({ lang: 'bash', id: 'x', role: 'setup' });
  });

  it('keeps quoted values whole, with blanks, braces and escaped quotes', () => {
    const { attributes } = parseInfo(String.raw`bash {confirm="say \"yes\" {now}" name='a b'}`);
    expect(attributes).toEqual({ confirm: 'say "yes" {now}', name: 'a b' });
  });

  it('keeps commas inside a value and drops the one that separates items', () => {
    expect(parseInfo('bash {fault breaks=ping,dns, hidden}')).toMatchObject({
      role: 'fault',
      attributes: { breaks: 'ping,dns', hidden: true },
    });
  });

  it('makes any fence with a file key a file', () => {
    expect(parseInfo('ini {file=/etc/dnsmasq.conf mode=0644}')).toMatchObject({ role: 'file', warnings: [] });
    expect(parseInfo('ini {step file=/etc/x}').warnings[0]).toContain('`step` is not used');
  });

  it('understands a fence without any of this', () => {
    expect(parseInfo('bash')).toMatchObject({ lang: 'bash', attributes: {}, role: null, warnings: [] });
    expect(parseInfo('')).toMatchObject({ lang: '', attributes: {}, warnings: [] });
  });

  it('never throws and keeps the info string, whatever stands in it', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '"',
      "'",
      '=',
      '#',
      '.',
      'bash',
      'name',
      ' ',
      '[',
      ']',
      '{{exec}}',
      '\\',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((pieces) => pieces.join('')),
        ),
        (info) => {
          expect(parseInfo(info).info).toBe(info);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('a very long info string', () => {
  it.each(['{', '{"', '"', 'a=', 'a ', '[', "a='", '{{', '{{x}}', '#', '\\', '{"a":1}'])(
    // How long it takes is measured in bench/scan.ts.
    'of many %j is kept as it is, and the cell still is one',
    (piece) => {
      const info = `bash ${piece.repeat(20_000)}`;
      expect(parseInfo(info)).toMatchObject({ info, lang: 'bash' });
    },
  );
});

describe('a doubtful info string', () => {
  it('names the nearest key for an unknown one', () => {
    expect(parseInfo('bash {timout=3s}').warnings).toEqual([
      '`timout` is not a known key and is not used; did you mean `timeout`?',
    ]);
    expect(parseInfo('bash {xyzzy=3}').warnings).toEqual(['`xyzzy` is not a known key and is not used.']);
  });

  it('names the nearest role for a misspelt one', () => {
    expect(parseInfo('bash {chekc #x}')).toMatchObject({ role: null, id: 'x' });
    expect(parseInfo('bash {chekc #x}').warnings[0]).toContain('did you mean `check`?');
  });

  it('warns of a second role, an unreadable part and values that do not fit', () => {
    expect(parseInfo('bash {check fault}').warnings[0]).toContain('`check` is used');
    expect(parseInfo('bash {name="x}').warnings[0]).toContain('cannot be read');
    expect(parseInfo('bash {timeout=soon}').warnings[0]).toContain('`soon` is not');
    expect(parseInfo('txt {file=etc/x mode=rwx}').warnings).toHaveLength(2);
  });

  it('does not mistake highlighted lines and titles of other tools for keys', () => {
    expect(parseInfo('bash {1,3-5}').warnings).toEqual([]);
    expect(parseInfo('bash title="x" linenums="1"').warnings).toEqual([]);
    expect(parseInfo('bash some words').warnings).toEqual([]);
  });
});

describe('the forms of other tools', () => {
  it('reads Runme JSON, with braces and quotes inside its texts', () => {
    expect(parseInfo('sh {"name":"a }\\" b","background":"true","interactive":false}')).toMatchObject({
      lang: 'sh',
      name: 'a }" b',
      attributes: { background: 'true', interactive: 'false' },
      warnings: [],
    });
  });

  it('says so when the JSON is broken', () => {
    expect(parseInfo('sh {"name":x}').warnings[0]).toContain('cannot be read');
  });

  it('reads Runme attributes', () => {
    expect(parseInfo('sh { name=x interactive=false excludeFromRunAll=true }')).toMatchObject({
      name: 'x',
      attributes: { skip: 'true' },
      warnings: [],
    });
  });

  it('reads pandoc attributes, also with the language as first class', () => {
    expect(parseInfo('bash {#id .numberLines name="v"}')).toMatchObject({
      id: 'id',
      name: 'v',
      warnings: [],
    });
    expect(parseInfo('{.bash #id}')).toMatchObject({ lang: 'bash', id: 'id' });
  });

  it('reads knitr', () => {
    expect(parseInfo('{bash, label="x"}')).toMatchObject({ lang: 'bash', name: 'x', warnings: [] });
  });

  it('reads Killercoda marks behind the closing fence', () => {
    expect(parseInfo('bash', '', '{{exec}}').attributes).toEqual({ exec: true });
    expect(parseInfo('bash', '', '{{exec interrupt}}').attributes).toEqual({ exec: 'interrupt' });
    expect(parseInfo('bash', '', '{{copy}}').attributes).toEqual({ copy: true });
  });

  it('reads execute-code', () => {
    expect(parseInfo("run-bash {label='x', import=['y', 'z']}")).toMatchObject({
      lang: 'bash',
      name: 'x',
      attributes: { needs: 'y,z', import: 'y,z', label: 'x' },
      warnings: [],
    });
    expect(parseInfo('run').lang).toBe('run');
  });

  it('reads markdown-exec', () => {
    expect(parseInfo('bash exec="on" session="s" source="above"')).toMatchObject({
      attributes: { exec: 'on', session: 's' },
      warnings: [],
    });
  });

  it('reads Quarto options at the head of the code', () => {
    expect(parseInfo('{bash}', '#| label: build\n#| eval: false\n\n#| name: not-me\nls')).toMatchObject({
      lang: 'bash',
      name: 'build',
      attributes: { skip: true },
      warnings: [],
    });
  });
});
