/** The workbench's server: an Obsidian-shaped page over a real vault, on loopback, behind a token. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readFile, realpath } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { homedir, hostname, userInfo } from 'node:os';
import { basename, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { WebSocketServer, type WebSocket } from 'ws';
import type { FileRequest, PluginFacts, RpcAnswer, VaultRequest, WorkbenchFacts } from './protocol';
import { CodedError, failure } from './server/confine';
import { Gate } from './server/gate';
import { HostFiles } from './server/hostFiles';
import { defaultStateFolder, machinePorts } from './server/machines';
import { bridgeSocket, permitTarget } from './server/socketBridge';
import { VaultFolder } from './server/vaultFolder';
import { watchVault } from './server/vaultWatch';
import { admittedPage, contentSecurityPolicy, contentTypes, wrapPlugin } from './server/pages';

export interface WorkbenchOptions {
  /** Absolute path of the vault's folder; it is read and written. */
  readonly vault: string;
  /** Absolute path of the folder with main.js, manifest.json and styles.css. */
  readonly pluginDir: string;
  /**
   * Absolute path of the one folder outside the vault that the plugin may read: the state of the lab machines, by
   * default `labpath` in the user's state folder.
   */
  readonly stateFolder?: string;
  /**
   * Loopback ports the plugin may connect to; asked at every connection, because the lab machine may restart. By
   * default those of the machines recorded in `stateFolder`.
   */
  readonly allowedPorts?: () => Promise<readonly number[]> | readonly number[];
  /** A fixed port; by default the system chooses a free one. */
  readonly port?: number;
  /** Where the built page lies; by default beside this module. */
  readonly pageDir?: string;
  /** Environment variables the plugin sees, beside HOME, USER and XDG_STATE_HOME. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Workbench {
  /** The address to open in a browser, token included. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the workbench until `close` is called. Rejects when the vault or the plugin cannot be read. */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const server = new WorkbenchServer(await realpath(options.vault), options);
  return server.listen(options.port ?? 0);
}

class WorkbenchServer {
  private readonly http = createServer((request, response) => void this.serve(request, response));
  private readonly webSockets = new WebSocketServer({ noServer: true, maxPayload: 64 << 20 });
  private readonly listeners = new Set<WebSocket>();
  private readonly gate = new Gate(() => [`127.0.0.1:${this.port}`, `localhost:${this.port}`]);
  private readonly vault: VaultFolder;
  private readonly files: HostFiles;
  private readonly pageDir: string;
  private readonly allowedPorts: () => Promise<readonly number[]> | readonly number[];
  private stopWatching: () => void = () => undefined;

  constructor(
    vaultPath: string,
    private readonly options: WorkbenchOptions,
  ) {
    this.vault = new VaultFolder(vaultPath);
    const stateFolder = options.stateFolder ?? defaultStateFolder(process.env);
    this.files = new HostFiles(stateFolder);
    this.allowedPorts = options.allowedPorts ?? (() => machinePorts(stateFolder));
    this.pageDir = options.pageDir ?? fileURLToPath(new URL('.', import.meta.url));
    this.http.on('upgrade', (request, socket, head) => void this.upgrade(request, socket, head));
  }

  async listen(port: number): Promise<Workbench> {
    await this.readManifest();
    this.stopWatching = await watchVault(this.vault, (changes) => {
      for (const listener of this.listeners) listener.send(JSON.stringify(changes));
    });
    await new Promise<void>((resolve, reject) => {
      this.http.once('error', reject);
      this.http.listen(port, '127.0.0.1', resolve);
    });
    return {
      url: `http://127.0.0.1:${this.port}/?token=${this.gate.token}`,
      close: () => this.close(),
    };
  }

  private get port(): number {
    return (this.http.address() as AddressInfo).port;
  }

  private async close(): Promise<void> {
    this.stopWatching();
    for (const client of this.webSockets.clients) client.terminate();
    this.webSockets.close();
    await new Promise<void>((resolve) => {
      this.http.close(() => resolve());
      this.http.closeAllConnections();
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const verdict = this.gate.judge(request.headers, url);
    if (verdict.kind === 'refuse') return reply(response, 403, 'text/plain; charset=utf-8', verdict.why);
    if (verdict.kind === 'admit') {
      response.setHeader('set-cookie', verdict.setCookie);
      return reply(response, 200, 'text/html; charset=utf-8', admittedPage);
    }
    try {
      if (request.method === 'POST') await this.answer(request, response, url);
      else await this.page(response, url);
    } catch (error) {
      reply(
        response,
        500,
        'text/plain; charset=utf-8',
        error instanceof Error ? error.message : String(error),
      );
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const body: unknown = JSON.parse(await bodyOf(request));
    let answer: RpcAnswer<unknown>;
    try {
      if (url.pathname === '/api/vault') {
        answer = { ok: true, value: await this.vault.answer(body as VaultRequest) };
      } else if (url.pathname === '/api/files') {
        answer = { ok: true, value: await this.files.answer(body as FileRequest) };
      } else {
        throw new CodedError('ENOSYS', `The workbench has no "${url.pathname}".`);
      }
    } catch (error) {
      answer = failure(error);
    }
    reply(response, 200, 'application/json', JSON.stringify(answer));
  }

  private async page(response: ServerResponse, url: URL): Promise<void> {
    const { pluginDir } = this.options;
    switch (url.pathname) {
      case '/api/facts':
        return reply(response, 200, 'application/json', JSON.stringify(await this.facts()));
      case '/plugin/run.js':
        return reply(
          response,
          200,
          'text/javascript; charset=utf-8',
          wrapPlugin(await readFile(join(pluginDir, 'main.js'), 'utf8')),
        );
      case '/plugin/styles.css':
        return reply(
          response,
          200,
          'text/css; charset=utf-8',
          await readFile(join(pluginDir, 'styles.css'), 'utf8').catch(() => ''),
        );
    }
    if (url.pathname.startsWith('/vault/')) return this.attachment(response, url);
    const name = url.pathname === '/' ? 'index.html' : url.pathname.slice(1);
    const type = contentTypes[name.slice(name.lastIndexOf('.'))];
    const bytes =
      type === undefined || name.includes('/')
        ? null
        : await readFile(join(this.pageDir, name)).catch(() => null);
    if (bytes === null || type === undefined) {
      return reply(response, 404, 'text/plain; charset=utf-8', 'Nothing is served here.');
    }
    reply(response, 200, type, bytes);
  }

  /** Images and other files that notes embed. */
  private async attachment(response: ServerResponse, url: URL): Promise<void> {
    const path = decodeURIComponent(url.pathname.slice('/vault/'.length));
    const type = contentTypes[path.slice(path.lastIndexOf('.')).toLowerCase()] ?? 'application/octet-stream';
    const bytes = await this.vault.bytes(path).catch(() => null);
    if (bytes === null) return reply(response, 404, 'text/plain', 'No such file in the vault.');
    // A note's attachment must never run as a page of the workbench.
    response.setHeader('content-security-policy', 'sandbox');
    reply(response, 200, type, bytes);
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const verdict = this.gate.judge(request.headers, url);
    // Browsers send Origin with every WebSocket; a client without one is not our page.
    if (verdict.kind !== 'pass' || request.headers.origin === undefined) return refuse(socket, 403);
    if (url.pathname === '/events') {
      this.webSockets.handleUpgrade(request, socket, head, (webSocket) => {
        this.listeners.add(webSocket);
        webSocket.on('close', () => this.listeners.delete(webSocket));
      });
      return;
    }
    if (url.pathname !== '/socket') return refuse(socket, 404);
    const host = url.searchParams.get('host') ?? '';
    const port = Number(url.searchParams.get('port'));
    const refusal = await permitTarget(host, port, this.allowedPorts).then(
      () => null,
      (error: Error) => error,
    );
    this.webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      if (refusal === null) return bridgeSocket(webSocket, host, port);
      webSocket.send(JSON.stringify({ event: 'error', code: 'EACCES', message: refusal.message }));
      webSocket.close();
    });
  }

  private async facts(): Promise<WorkbenchFacts> {
    const user = userInfo();
    const env: Record<string, string> = { HOME: homedir(), USER: user.username, ...this.options.env };
    if (process.env.XDG_STATE_HOME !== undefined) env.XDG_STATE_HOME ??= process.env.XDG_STATE_HOME;
    return {
      vaultName: basename(this.vault.root),
      vaultPath: this.vault.root,
      manifest: await this.readManifest(),
      env,
      homedir: env.HOME ?? homedir(),
      hostname: hostname(),
      user: user.username,
      uid: user.uid,
      gid: user.gid,
    };
  }

  private async readManifest(): Promise<PluginFacts> {
    return JSON.parse(await readFile(join(this.options.pluginDir, 'manifest.json'), 'utf8')) as PluginFacts;
  }
}

function reply(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  if (!response.hasHeader('content-security-policy')) {
    response.setHeader('content-security-policy', contentSecurityPolicy(response.req.headers.host ?? ''));
  }
  response
    .writeHead(status, {
      'content-type': type,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    .end(body);
}

function refuse(socket: Duplex, status: 403 | 404): void {
  socket.end(`HTTP/1.1 ${status} ${status === 403 ? 'Forbidden' : 'Not Found'}\r\nConnection: close\r\n\r\n`);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
