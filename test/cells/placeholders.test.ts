import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillPlaceholders, findPlaceholders } from '../../src/cells/placeholders';

describe('placeholders', () => {
  it.each([
    ['ip netns exec <ns> ip addr show', ['ns']],
    ['tcpdump -i any -n host <target>', ['target']],
    ['cat /proc/<pid>/status; strace -p <pid>', ['pid']],
    ['kubectl exec <pod-name> -- curl {{url}} "http://{{host}}/"', ['pod-name', 'url', 'host']],
    ['ping <target host>', ['target host']],
    ['x=$(ip -n <ns> link); echo "$(ip -n <red> link)"', ['ns', 'red']],
    ['cat <<EOF\n<a>\nEOF\necho <b>', ['b']],
    ['echo ${x:-"a\'b"} <c>', ['c']],
    ['case $1 in\n a) echo <d> ;;\nesac', ['d']],
    ['echo a#b <e> # <f>', ['e']],
  ])('are found in %s', (source, names) => {
    expect(findPlaceholders(source)).toEqual(names);
  });

  it.each([
    'sort <file',
    'sort <in >out',
    'cat <in>out',
    'cat < in > out',
    'diff <(a) <(b)',
    'read x <&3; echo 2>&1 <>file',
    'read 3<fd>',
    'cat <<EOF > out\n<ns>\nEOF',
    'cat <<-"END"\n\t<ns>\n\tEND\n:',
    'cat <<< <',
    "sed 's/<b>/x/'",
    'echo "<b>bold</b>"',
    "echo $'it\\'s <b>'",
    'echo \\<b\\>',
    '(( a <b> c ))',
    'echo $(( 1 <b> 2 ))',
    'echo ${x/<a>/b}',
    '# ip -n <ns> link',
    'docker inspect -f "{{range .x}}{{end}}" {{.State.Pid}} a',
    'echo `echo <ns>`',
    'curl <http://example>',
  ])('are not seen in %s', (source) => {
    expect(findPlaceholders(source)).toEqual([]);
  });

  it.each(['$(', '${', '"$(', '"${', '((', '<', '<<a\n', '`', '{{', '<a '])(
    'are looked for in %j a hundred thousand times without trouble',
    (piece) => {
      expect(findPlaceholders(piece.repeat(100_000))).toEqual([]);
    },
  );

  it('keeps what has no value', () => {
    expect(fillPlaceholders('a <x> <y>', { x: '1' })).toBe('a 1 <y>');
    expect(fillPlaceholders('a <toString>', {})).toBe('a <toString>');
  });

  it('leaves plain values readable', () => {
    expect(
      fillPlaceholders('ip -n <ns> addr add {{ip}} dev "{{if}}"', { ns: 'red', ip: '10.0.0.1/24' }),
    ).toBe('ip -n red addr add 10.0.0.1/24 dev "{{if}}"');
  });
});

describe('a filled value', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom(
          "'",
          '"',
          '`',
          '$(id)',
          '\\',
          '\n',
          ' ',
          '!',
          ';',
          '~',
          '{a,b}',
          '*',
          '\t',
          '\r',
          '#',
          '=',
          'é',
          '<x>',
          '${x}',
        ),
      )
      .map((parts) => parts.join('')),
  );
  // What bash cannot hold in an argument at all.
  const value = nasty.map((text) => text.replaceAll('\0', '').replace(/[\ud800-\udfff]/gu, ''));

  it.each([
    ['in a word of its own', (name: string) => `<${name}>`],
    ['in curly form', (name: string) => `{{${name}}}`],
    ['inside double quotes', (name: string) => `"{{${name}}}"`],
    ['inside a command substitution in double quotes', (name: string) => `"$(printf '%s.' <${name}>)"`],
  ])('reaches a command unchanged, %s', (_where, slot) => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 40, maxLength: 40 }), (values) => {
        const names = values.map((_, i) => `v${i}`);
        const source = names.map((name) => `printf '%s\\0' ${slot(name)}`).join('\n');
        const filled = fillPlaceholders(source, Object.fromEntries(values.map((text, i) => [`v${i}`, text])));
        const printed = execFileSync('bash', { input: filled, encoding: 'utf8' }).split('\0').slice(0, -1);
        expect(printed.map((text) => (slot('x').includes('%s.') ? text.replace(/\.$/, '') : text))).toEqual(
          values,
        );
      }),
      { numRuns: 12 },
    );
  });

  it('starts nothing even where a placeholder is misjudged', () => {
    // The scanner believes that `)` of the case arm ends the substitution, and so sees the quotes the wrong way round.
    const sources = [
      `echo "$(case a in a) echo "<x>";; esac)"`,
      `echo "$(case a in a) echo '{{x}}';; esac)"`,
      'echo $(( 1 )) "{{x}}" \'{{x}}\' <x>',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...sources), value, (source, text) => {
        const attack = `${text}$(echo pwned >&2)\`echo pwned >&2\`;echo pwned >&2;'";echo pwned >&2;"'`;
        const script = `exec 2>&1 >/dev/null\n${fillPlaceholders(source, { x: attack })}`;
        let printed: string;
        try {
          printed = execFileSync('bash', {
            input: script,
            encoding: 'utf8',
            stdio: ['pipe', 'pipe', 'pipe'],
          });
        } catch (error) {
          printed = String((error as { stdout?: string }).stdout);
        }
        // An error message may quote the value; only a line of its own was printed by a command.
        expect(printed.split('\n')).not.toContain('pwned');
      }),
      { numRuns: 60 },
    );
  });
});
