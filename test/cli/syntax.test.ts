import { expect, it } from 'vitest';
import { dispatch } from '../../src/cli/dispatch';
import { scanCells } from '../../src/cells/scan';
import { lintSyntax } from '../../src/cli/verify/syntax';
import { FakeIo, noteFolder } from './fakeIo';

const fence = (info: string, body: string) => `\`\`\`${info}\n${body}\n\`\`\`\n`;

it('What bash cannot read is a finding with its line in the note, and nothing is run', async () => {
  const note = [
    fence('bash {step #open}', 'if true; then\n  echo yes'),
    fence('bash {step #extra}', 'echo one\necho two)\ntouch /tmp/labpath-syntax-must-not-be'),
    fence('bash {step #asks}', 'ip -n <ns> link show <dev>'),
    fence('python {file=/tmp/x}', 'def f(:'),
    fence('bash', 'for i in {1..3}; do echo "$i"; done'),
  ].join('\n');
  const findings = await lintSyntax(scanCells(note), '/bin/bash');
  expect(findings.map(({ cell, rule, severity }) => [cell, rule, severity])).toEqual([
    ['open', 'syntax', 'error'],
    ['extra', 'syntax', 'error'],
  ]);
  expect(findings[1]).toMatchObject({
    line: 8,
    message: "bash cannot read this cell: syntax error near unexpected token `)'.",
  });
});

it('Where there is no bash, that is said', async () => {
  const folder = noteFolder(fence('bash {check #c}', 'if true; then'));
  const io = new FakeIo(folder.dir);
  const lint = () => dispatch(['verify', 'note.md', '--lint'], io);
  io.env.PATH = '/usr/bin:/bin';
  expect(await lint()).toBe(1);
  expect(io.stdout).toContain('bash cannot read this cell');
  [io.stdout, io.env.PATH] = ['', folder.dir];
  await lint();
  folder.remove();
  expect(io.stderr).toBe(
    'There is no bash on this computer, so whether bash can read the cells was not looked at.\n',
  );
  expect(io.stdout).not.toContain('bash cannot read');
});
