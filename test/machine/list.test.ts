import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { dispatch } from '../../src/cli/dispatch';
import { FakeIo } from '../cli/fakeIo';

const folder = mkdtempSync(join(tmpdir(), 'labpath-list-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function list(): Promise<string> {
  const io = new FakeIo(folder);
  Object.assign(io.env, { XDG_STATE_HOME: folder });
  expect(await dispatch(['lab', 'list'], io)).toBe(0);
  return io.stdout;
}

/** The record of a machine that runs as long as these tests do, or of one whose process is gone. */
function record(name: string, port: number, names: readonly string[], pid = process.pid): void {
  const nodes = names.map((machine, index) => ({ node: index === 0 ? 'lab' : `node${index}`, machine }));
  const at = '2026-01-01T00:00:00Z';
  const files = { identityFile: '/key', knownHostsFile: '/known', sshConfigFile: '/config' };
  const common = { name, kind: 'sandbox', pid, host: '127.0.0.1', port, user: 'root' };
  const since = { startedAt: at, bootedAt: at };
  write(name, 'machine.json', { ...common, ...files, ...since, internet: false, nodes });
}

function write(name: string, file: string, data: object): void {
  mkdirSync(join(folder, 'labpath', name), { recursive: true });
  writeFileSync(join(folder, 'labpath', name, file), JSON.stringify(data));
}

it('The list of lab machines has those that run and those that were adopted, each once', async () => {
  expect(await list()).toBe('No lab machine runs. Start one with: labpath lab up\n');
  record('anna', 4001, ['anna', 'anna-node1']);
  record('anna-node1', 4002, ['anna', 'anna-node1']);
  record('gone', 4003, ['gone'], 2 ** 22 + 1);
  write('own', 'adopted.json', { name: 'own', kind: 'host', destination: 'me@there', adoptedAt: '2026' });
  writeFileSync(join(folder, 'labpath', 'workbench.html'), '');
  expect(await list()).toBe(
    'anna: root@127.0.0.1, port 4001, with anna-node1 on its network.\nown: your host me@there.\n',
  );
});

it('It takes no name, which would be left unheard', async () => {
  const io = new FakeIo(folder);
  expect(await dispatch(['lab', 'list', '--name', 'anna'], io)).toBe(2);
  expect(io.stdout).toBe('');
});

it('A folder that cannot be read is told, instead of that no machine runs', async () => {
  const io = new FakeIo(folder);
  const file = join(folder, 'a-file');
  mkdirSync(file);
  writeFileSync(join(file, 'labpath'), '');
  Object.assign(io.env, { XDG_STATE_HOME: file });
  expect(await dispatch(['lab', 'list'], io)).toBe(1);
  expect(io.stderr).toMatch(/The lab machines cannot be listed\. .*ENOTDIR/);
});
