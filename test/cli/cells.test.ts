import { afterEach, expect, it } from 'vitest';
import { dispatch } from '../../src/cli/dispatch';
import { FakeIo, noteFolder } from './fakeIo';

let remove = () => {};
afterEach(() => remove());

const cells = async (text: string, ...args: string[]) => {
  const folder = noteFolder(text);
  remove = folder.remove;
  const io = new FakeIo(folder.dir);
  const status = await dispatch(['cells', 'note.md', ...args], io);
  return { io, status };
};

it('prints every cell as JSON with exactly the promised keys', async () => {
  const { io, status } = await cells(
    '# x\n\n```bash {check #a timeout=3s}\nip -n <ns> link\n```\n',
    '--json',
  );
  expect(status).toBe(0);
  expect(JSON.parse(io.stdout)).toEqual([
    {
      id: 'a',
      name: null,
      role: 'check',
      lang: 'bash',
      line: 3,
      endLine: 5,
      attributes: { timeout: '3s' },
      placeholders: ['ns'],
      runnable: true,
      warnings: [],
      source: 'ip -n <ns> link',
    },
  ]);
});

it('shows people where a cell stands, what it asks for and why it does not run', async () => {
  const { io } = await cells('```bash {#a}\nls <dir>\nls\n```\n```bash {#b}\nls');
  expect(io.stdout).toBe(
    [
      '    1  a  (<dir>)',
      '       ls <dir> … and 1 more line',
      '    5  b  (not run)',
      '       ls',
      '       ! The fence that opens on line 5 never closes.',
      '',
    ].join('\n'),
  );
});

it('says so when there are no cells, no such note, or no note was named', async () => {
  expect((await cells('prose')).io.stdout).toBe('This note has no cells.\n');
  const io = new FakeIo('/nonexistent');
  expect(await dispatch(['cells', 'x.md'], io)).toBe(1);
  expect(io.stderr).toContain('cannot be read. There is no such file.');
  expect(await dispatch(['cells'], io)).toBe(2);
  expect(await dispatch(['cells', 'x.md', '--jsn'], io)).toBe(2);
});
