import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { FileRequest, RpcAnswer, VaultChange, VaultRequest } from '../../workbench/protocol';
import { startWorkbench, type Workbench } from '../../workbench/server';

let folder: string;
let vault: string;
let state: string;
let workbench: Workbench;
let allowedPorts: number[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'workbench-server-'));
  vault = join(folder, 'vault');
  state = join(folder, 'state');
  const plugin = join(folder, 'plugin');
  for (const path of [vault, state, plugin]) await mkdir(path);
  await writeFile(join(plugin, 'manifest.json'), '{"id":"x","name":"X"}');
  await writeFile(join(plugin, 'main.js'), 'module.exports = 1;');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(vault, 'Note.md'), 'one');
  allowedPorts = [];
  workbench = await startWorkbench({
    vault,
    pluginDir: plugin,
    stateFolder: state,
    allowedPorts: () => allowedPorts,
    pageDir: join(folder, 'plugin'),
  });
});

afterEach(async () => {
  await workbench.close();
  await rm(folder, { recursive: true, force: true });
});

const authority = () => new URL(workbench.url).host;

interface Reply {
  readonly status: number;
  readonly text: string;
  readonly cookie: string | undefined;
}

/** `fetch` would not let a test choose the Host header. */
function ask(path: string, headers: Record<string, string> = {}, body?: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(workbench.url);
    const sent = request(
      { hostname, port, path, headers, method: body === undefined ? 'GET' : 'POST' },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
        response.on('end', () => {
          const cookie = response.headers['set-cookie']?.[0]?.split(';')[0];
          resolve({ status: response.statusCode ?? 0, text, cookie });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

async function cookie(): Promise<string> {
  const { pathname, search } = new URL(workbench.url);
  return (await ask(pathname + search)).cookie ?? '';
}

async function rpc(path: string, what: VaultRequest | FileRequest): Promise<RpcAnswer<unknown>> {
  const { text } = await ask(path, { cookie: await cookie() }, JSON.stringify(what));
  return JSON.parse(text) as RpcAnswer<unknown>;
}

const onVault = (what: VaultRequest) => rpc('/api/vault', what);
/** The answer for the one path. */
async function read(path: string): Promise<unknown> {
  const answer = await onVault({ do: 'read', paths: [path] });
  return answer.ok ? (answer.value as readonly unknown[])[0] : answer;
}

const onFiles = (what: FileRequest) => rpc('/api/files', what);
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('who may speak to the workbench', () => {
  test('nobody without the token', async () => {
    for (const path of ['/', '/api/facts', '/plugin/run.js', '/vault/Note.md']) {
      expect((await ask(path)).status, path).toBe(403);
    }
    expect((await ask('/?token=guess')).status).toBe(403);
    expect((await ask('/api/vault', {}, '{"do":"tree"}')).status).toBe(403);
  });

  test('the token is accepted once in the address and then kept in a cookie that scripts and other sites do not get', async () => {
    const { pathname, search } = new URL(workbench.url);
    const first = await fetch(new URL(pathname + search, workbench.url));
    const header = first.headers.get('set-cookie') ?? '';
    expect(header).toContain('HttpOnly');
    expect(header).toContain('SameSite=Strict');
    expect((await ask('/api/facts', { cookie: header.split(';')[0] ?? '' })).status).toBe(200);
  });

  test('a page of another site is refused even with the cookie', async () => {
    const headers = { cookie: await cookie(), origin: 'http://evil.example' };
    expect((await ask('/api/facts', headers)).status).toBe(403);
  });

  test('another host name that leads to this machine is refused', async () => {
    const headers = { cookie: await cookie(), host: `rebound.example:${new URL(workbench.url).port}` };
    expect((await ask('/api/facts', headers)).status).toBe(403);
  });

  test('sockets need the cookie and the page as their origin', async () => {
    const good = { cookie: await cookie(), origin: `http://${authority()}` };
    await expect(opened('/events', good)).resolves.toBe('open');
    await expect(opened('/events', { origin: good.origin })).resolves.toContain('403');
    await expect(opened('/events', { cookie: good.cookie })).resolves.toContain('403');
    await expect(opened('/events', { ...good, origin: 'http://evil.example' })).resolves.toContain('403');
  });
});

function opened(path: string, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://${authority()}${path}`, { headers });
    socket.on('open', () => {
      socket.terminate();
      resolve('open');
    });
    socket.on('error', (error) => resolve(error.message));
  });
}

describe('the vault on disk', () => {
  test('is read and written', async () => {
    await onVault({ do: 'write', path: 'New.md', base64: base64('new'), mustBeNew: true });
    expect(await readFile(join(vault, 'New.md'), 'utf8')).toBe('new');
    expect(await read('Note.md')).toEqual({ ok: true, value: base64('one') });
  });

  test('paths that lead out of it are refused', async () => {
    for (const path of ['../secret.txt', '/etc/passwd', 'a/../../secret.txt']) {
      expect(await read(path), path).toMatchObject({ ok: false, code: 'EACCES' });
      const write = await onVault({ do: 'write', path, base64: base64('x') });
      expect(write, path).toMatchObject({ ok: false, code: 'EACCES' });
    }
    expect(await readFile(join(folder, 'secret.txt'), 'utf8')).toBe('secret');
  });

  test('symbolic links that lead out of it are refused, for files and for folders on the way', async () => {
    await symlink(join(folder, 'secret.txt'), join(vault, 'link.md'));
    await symlink(folder, join(vault, 'up'));
    for (const path of ['link.md', 'up/secret.txt', 'up/made.md']) {
      expect(await read(path), path).toMatchObject({ ok: false });
      expect(await onVault({ do: 'write', path, base64: base64('x') }), path).toMatchObject({ ok: false });
    }
    expect(await readFile(join(folder, 'secret.txt'), 'utf8')).toBe('secret');
    expect(await readdir(folder)).not.toContain('made.md');
  });

  test('a write that must make a new file never replaces one', async () => {
    const answer = await onVault({ do: 'write', path: 'Note.md', base64: base64('two'), mustBeNew: true });
    expect(answer).toMatchObject({ ok: false, code: 'EEXIST' });
    expect(await readFile(join(vault, 'Note.md'), 'utf8')).toBe('one');
  });

  test('a reader never sees half a write, and no temporary file stays', async () => {
    const texts = ['a', 'b'].map((letter) => letter.repeat(300_000));
    const seen = new Set<string>();
    const writes = (async () => {
      for (let round = 0; round < 10; round++) {
        await onVault({ do: 'write', path: 'Note.md', base64: base64(texts[round % 2] ?? '') });
      }
    })();
    let writing = true;
    void writes.finally(() => (writing = false));
    while (writing) seen.add(await readFile(join(vault, 'Note.md'), 'utf8'));
    seen.delete('one');
    expect([...seen].every((text) => texts.includes(text))).toBe(true);
    expect(await readdir(vault)).toEqual(['Note.md']);
  });

  test('a rename does not replace another note', async () => {
    await writeFile(join(vault, 'Other.md'), 'other');
    const answer = await onVault({ do: 'rename', path: 'Note.md', to: 'Other.md' });
    expect(answer).toMatchObject({ ok: false, code: 'EEXIST' });
  });

  test('what is deleted goes to the trash of the vault', async () => {
    await onVault({ do: 'remove', path: 'Note.md' });
    expect(await readdir(join(vault, '.trash'))).toEqual(['Note.md']);
  });

  test('changes made by others are told', async () => {
    const socket = new WebSocket(`ws://${authority()}/events`, {
      headers: { cookie: await cookie(), origin: `http://${authority()}` },
    });
    await new Promise((resolve) => socket.once('open', resolve));
    const told = new Promise<VaultChange[]>((resolve) =>
      socket.once('message', (data: Buffer) => resolve(JSON.parse(data.toString('utf8')) as VaultChange[])),
    );
    await writeFile(join(vault, 'Fresh.md'), 'fresh');
    expect(await told).toMatchObject([{ kind: 'present', entry: { path: 'Fresh.md', size: 5 } }]);
    socket.terminate();
  });
});

describe('files outside the vault', () => {
  test('only the state folder can be read', async () => {
    await mkdir(join(state, 'lab'));
    await writeFile(join(state, 'lab', 'machine.json'), '{}');
    expect(await onFiles({ do: 'read', path: join(state, 'lab', 'machine.json') })).toEqual({
      ok: true,
      value: base64('{}'),
    });
    for (const path of [join(folder, 'secret.txt'), '/etc/passwd', join(state, '..', 'secret.txt')]) {
      expect(await onFiles({ do: 'read', path }), path).toMatchObject({ ok: false, code: 'EACCES' });
    }
  });

  test('a link out of the state folder is refused', async () => {
    await symlink(join(folder, 'secret.txt'), join(state, 'known_hosts'));
    const path = join(state, 'known_hosts');
    expect(await onFiles({ do: 'read', path })).toMatchObject({ ok: false, code: 'EACCES' });
    expect(await onFiles({ do: 'append', path, base64: base64('x') })).toMatchObject({ ok: false });
    expect(await readFile(join(folder, 'secret.txt'), 'utf8')).toBe('secret');
  });

  test('known_hosts may grow, and nothing else', async () => {
    const path = join(state, 'known_hosts');
    await onFiles({ do: 'append', path, base64: base64('a line\n') });
    expect(await readFile(path, 'utf8')).toBe('a line\n');
    const refused = await onFiles({ do: 'append', path: join(state, 'id_ecdsa'), base64: base64('x') });
    expect(refused).toMatchObject({ ok: false, code: 'EACCES' });
  });

  test('a missing file is ENOENT, as for Node', async () => {
    expect(await onFiles({ do: 'read', path: join(state, 'none') })).toMatchObject({
      ok: false,
      code: 'ENOENT',
    });
  });
});

describe('the socket bridge', () => {
  let echo: Server;
  let port: number;

  beforeEach(async () => {
    echo = createServer((socket) => socket.pipe(socket));
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
    ({ port } = echo.address() as AddressInfo);
  });

  afterEach(async () => {
    await new Promise((resolve) => echo.close(resolve));
  });

  async function bridge(host: string, to: number): Promise<WebSocket> {
    return new WebSocket(`ws://${authority()}/socket?host=${host}&port=${to}`, {
      headers: { cookie: await cookie(), origin: `http://${authority()}` },
    });
  }

  async function firstMessage(socket: WebSocket): Promise<Record<string, unknown>> {
    return new Promise((resolve) =>
      socket.once('message', (data: Buffer) =>
        resolve(JSON.parse(data.toString('utf8')) as Record<string, unknown>),
      ),
    );
  }

  test('carries bytes both ways to an allowed port', async () => {
    allowedPorts = [port];
    const socket = await bridge('127.0.0.1', port);
    expect(await firstMessage(socket)).toEqual({ event: 'connect' });
    const bytes = Buffer.from([0, 255, 10, 13, 128]);
    socket.send(bytes);
    const back = await new Promise<Buffer>((resolve) =>
      socket.once('message', (data: Buffer) => resolve(data)),
    );
    expect(back).toEqual(bytes);
    socket.terminate();
  });

  test('refuses every other port and every other machine', async () => {
    const other = await bridge('127.0.0.1', port);
    expect(await firstMessage(other)).toMatchObject({ event: 'error', code: 'EACCES' });
    allowedPorts = [port];
    const elsewhere = await bridge('192.0.2.1', port);
    expect(await firstMessage(elsewhere)).toMatchObject({ event: 'error', code: 'EACCES' });
  });

  test('says that nobody listens as Node would', async () => {
    allowedPorts = [1];
    expect(await firstMessage(await bridge('127.0.0.1', 1))).toMatchObject({
      event: 'error',
      code: 'ECONNREFUSED',
    });
  });
});
