import { describe, expect, it } from 'vitest';
import { scanCells } from '../../src/cells/scan';

const one = (text: string) => {
  const [cell] = scanCells(text);
  if (!cell) throw new Error('no cell');
  return cell;
};
const fence = (lang: string, ...lines: string[]) => ['```' + lang, ...lines, '```', ''].join('\n');

describe('what is a cell', () => {
  it.each(['bash', 'sh', 'shell', 'zsh', 'shellscript', 'run', 'Bash', 'run-bash'])(
    'a %s fence is',
    (lang) => {
      expect(one(fence(lang, 'ls'))).toMatchObject({ source: 'ls', runnable: true });
    },
  );

  it('unlabelled fences and other languages are not', () => {
    expect(
      scanCells(
        fence('', 'ls') + fence('python', 'x = 1') + fence('mermaid', 'graph') + fence('plain', 'ls'),
      ),
    ).toEqual([]);
  });

  it('gives lines as an editor counts them, and the info string as found', () => {
    expect(one('# a\n\n```bash { skip }\nls\n```\n')).toMatchObject({
      line: 3,
      endLine: 5,
      info: 'bash { skip }',
    });
  });

  it('finds cells in callouts, lists, tilde fences and CRLF notes', () => {
    const text = '> [!tip]- Hint\n> ```bash\n> a\n> ```\n\n1. x\n\n   ~~~sh\n   b\n   ~~~\n'.replaceAll(
      '\n',
      '\r\n',
    );
    expect(scanCells(text).map((cell) => cell.source)).toEqual(['a', 'b']);
  });

  it('runs only what stands behind the prompts of a transcript', () => {
    const text = fence(
      'console',
      '$ ip netns list',
      'red',
      '$ for i in 1 2; do',
      '> echo $i',
      '> done',
      '1',
      '> 2',
      '# id -u',
    );
    expect(one(text)).toMatchObject({
      source: 'ip netns list\nfor i in 1 2; do\necho $i\ndone\nid -u',
      runnable: true,
    });
    expect(one(fence('terminal', 'no prompt'))).toMatchObject({
      runnable: false,
      whyNot: 'No line of this transcript has a prompt.',
    });
  });

  it('does not strip dollars from bash fences', () => {
    expect(one(fence('bash', '$ ls')).source).toBe('$ ls');
  });

  it('does not run a fence that never closes, since its end may still be typed', () => {
    const cell = one('```bash\nls\n\nprose');
    expect(cell).toMatchObject({ runnable: false, whyNot: 'The fence that opens on line 1 never closes.' });
    expect(cell.warnings[0]).toBe(cell.whyNot);
  });

  it('takes file fences of any language, and expected output', () => {
    expect(one(fence('ini {file=/etc/x mode=0755}', 'a <b>'))).toMatchObject({
      role: 'file',
      runnable: true,
      placeholders: [],
      source: 'a <b>',
    });
    expect(one(fence('text {expect of=x}', '1'))).toMatchObject({ role: 'expect', runnable: false });
  });

  it('says that a role in another language cannot run', () => {
    expect(one(fence('python {check}', 'x'))).toMatchObject({
      runnable: false,
      whyNot: 'A check fence is run by bash, but its language is `python`.',
    });
  });

  it("accepts Killercoda's exec mark as the label of a fence", () => {
    expect(one('```\nls\n```{{exec}}\n')).toMatchObject({ runnable: true, attributes: { exec: true } });
    expect(scanCells('```\nls\n```{{copy}}\n')).toEqual([]);
  });

  it('runs a cell with an unknown key all the same', () => {
    expect(one(fence('bash {tmeout=3}', 'ls'))).toMatchObject({
      runnable: true,
      warnings: [expect.any(String)],
    });
  });
});

describe('a list of tools', () => {
  const seed = [
    '# Network debugging',
    'iproute2, iptables, tcpdump, wireshark',
    '# Process debugging  ',
    'strace, lsof, /proc filesystem',
    '# Performance monitoring',
    'perf, bpftrace, sysstat',
  ];

  it('is told from commands and not run; its names are given', () => {
    expect(one(fence('bash', ...seed))).toMatchObject({
      runnable: false,
      whyNot: 'This is a list of tools to install, not commands.',
      tools: [
        'iproute2',
        'iptables',
        'tcpdump',
        'wireshark',
        'strace',
        'lsof',
        'perf',
        'bpftrace',
        'sysstat',
      ],
    });
  });

  it('commands are not taken for one', () => {
    for (const source of [
      'ls',
      'tcpdump\nstrace',
      'echo a, b',
      'printf "%s, " a',
      'cut -d, -f1',
      'a=(x, y)',
    ]) {
      expect(one(fence('bash', ...source.split('\n')))).toMatchObject({ runnable: true, tools: [] });
    }
  });
});

describe('the identity of a cell', () => {
  const ids = (text: string) => scanCells(text).map((cell) => cell.id);

  it('is the id, else the name, else made from the code', () => {
    const text = fence('bash {#a name=b}', 'x') + fence('bash {name=c}', 'x') + fence('bash', 'x');
    expect(ids(text)).toEqual(['a', 'c', expect.stringMatching(/^cell-[0-9a-f]{16}$/)]);
  });

  it('does not depend on where the cell stands', () => {
    expect(ids('prose\n\nmore\n' + fence('bash', 'x'))).toEqual(ids(fence('bash', 'x')));
  });

  it('tells duplicates apart, also where a name looks like a numbered one', () => {
    const [first, second] = ids(fence('bash', 'x') + fence('sh', 'x'));
    expect(second).toBe(`${first}-2`);
    const text = fence('bash {#a}', '1') + fence('bash {#a-2}', '2') + fence('bash {#a}', '3');
    expect(ids(text)).toEqual(['a', 'a-2', 'a-3']);
    expect(scanCells(text)[2]?.warnings[0]).toContain('known as `a-3`');
  });
});
