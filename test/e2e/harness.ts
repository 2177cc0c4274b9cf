/** The workbench in a real browser, for tests: a copy of a vault, the server, Chromium, and helpers to drive it. */
import { access, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import type { NoteMode } from '../../workbench/host/markdown/markdownView';
import type { Theme } from '../../workbench/page/theme';
import type { TrustPolicy } from '../../src/trust/policy';
import type { ProgramEnd } from '../../workbench/shims/stubs';
import { startWorkbench, type Workbench } from '../../workbench/server';
import { buildIfNeeded, repository } from './harnessBuild';

export { repository } from './harnessBuild';

export interface HarnessOptions {
  /** Folder to copy; by default the sample vault. The copy is thrown away at the end. */
  readonly vault?: string;
  /** Folder with main.js, manifest.json and styles.css; by default this repository, built if needed. */
  readonly pluginDir?: string;
  /** Folder outside the vault that the plugin may read; by default an empty one. */
  readonly stateFolder?: string;
  /** Loopback ports the plugin may reach; by default those of the lab machines recorded in `stateFolder`. */
  readonly allowedPorts?: () => readonly number[] | Promise<readonly number[]>;
  /** Environment variables the plugin sees, such as XDG_STATE_HOME. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * When cells ask before they run; by default once for each host (`vault`), so that only tests of trust meet more
   * questions. The app's own default is `change`.
   */
  readonly trustPolicy?: TrustPolicy;
  /** Starts a program for the plugin, which otherwise can start none. */
  readonly start?: (program: string, args: readonly string[]) => Promise<ProgramEnd>;
  /** In CSS pixels. */
  readonly viewport?: { readonly width: number; readonly height: number };
}

export interface Harness {
  readonly page: Page;
  /** The address with its token. */
  readonly url: string;
  /** The copy of the vault: an absolute path. */
  readonly vault: string;
  readonly stateFolder: string;
  /** What the page reported so far: console errors, uncaught errors, failed loads. */
  readonly errors: readonly string[];
  openNote(path: string, mode?: NoteMode): Promise<void>;
  setMode(mode: NoteMode): Promise<void>;
  /** False when the command does not exist or cannot run now. `id` is the full one: `labpath:run-cell`. */
  runCommand(id: string): Promise<boolean>;
  setTheme(theme: Theme): Promise<void>;
  /** Saves a PNG under .artifacts/screenshots and returns its path. */
  screenshot(name: string): Promise<string>;
  /** Loads the page again, as after a restart of the app; settles when the plugin is loaded. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const readyTimeoutMs = 30_000;

/** Quiet: no first-run pages, no phoning home, no sandbox because containers seldom allow one. */
const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

export async function openWorkbench(options: HarnessOptions = {}): Promise<Harness> {
  await requireChromium();
  await buildIfNeeded();
  const scratch = await mkdtemp(join(tmpdir(), 'labpath-workbench-'));
  const vault = join(scratch, 'vault');
  await cp(options.vault ?? join(repository, 'sample-vault'), vault, { recursive: true });
  const stateFolder = options.stateFolder ?? join(scratch, 'state');
  await mkdir(stateFolder, { recursive: true });
  const workbench = await startWorkbench({
    vault,
    pluginDir: options.pluginDir ?? repository,
    stateFolder,
    pageDir: join(repository, 'dist/workbench'),
    ...(options.allowedPorts === undefined ? {} : { allowedPorts: options.allowedPorts }),
    ...(options.env === undefined ? {} : { env: options.env }),
  });
  const context = await chromium.launchPersistentContext(join(scratch, 'chromium'), {
    executablePath,
    args: chromiumArguments,
    viewport: options.viewport ?? { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    colorScheme: 'light',
  });
  if (options.start !== undefined) await context.exposeFunction('workbenchStart', options.start);
  const { trustPolicy = 'vault' } = options;
  await context.addInitScript(
    ([key, value]) => {
      if (key !== undefined && value !== undefined && localStorage.getItem(key) === null)
        localStorage.setItem(key, value);
    },
    [`workbench:${vault}:labpath:trust-policy`, JSON.stringify(trustPolicy)],
  );
  const harness = new BrowserHarness(workbench, context, vault, stateFolder, scratch);
  try {
    await harness.load();
  } catch (error) {
    await harness.close();
    throw error;
  }
  return harness;
}

class BrowserHarness implements Harness {
  readonly page: Page;
  readonly url: string;
  private readonly reported: string[] = [];

  constructor(
    private readonly workbench: Workbench,
    private readonly context: BrowserContext,
    readonly vault: string,
    readonly stateFolder: string,
    private readonly scratch: string,
  ) {
    const [page] = context.pages();
    if (page === undefined) throw new Error('Chromium opened without a page.');
    this.page = page;
    this.url = workbench.url;
    page.on('pageerror', (error) => this.reported.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.reported.push(`${message.text()} (${message.location().url})`);
    });
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? 'failed';
      // A page that is left or loaded anew gives up what it still waits for.
      if (why !== 'net::ERR_ABORTED') this.reported.push(`${request.url()}: ${why}`);
    });
  }

  get errors(): readonly string[] {
    return this.reported;
  }

  async load(): Promise<void> {
    await this.page.goto(this.url);
    await this.ready();
  }

  async openNote(path: string, mode?: NoteMode): Promise<void> {
    await this.page.evaluate(
      async ({ path, mode }) => window.workbench?.openNote(path, mode),
      mode === undefined ? { path } : { path, mode },
    );
  }

  async setMode(mode: NoteMode): Promise<void> {
    await this.page.evaluate(async (wanted) => window.workbench?.setMode(wanted), mode);
  }

  async runCommand(id: string): Promise<boolean> {
    return this.page.evaluate((wanted) => window.workbench?.runCommand(wanted) ?? false, id);
  }

  async setTheme(theme: Theme): Promise<void> {
    await this.page.evaluate((wanted) => window.workbench?.setTheme(wanted), theme);
  }

  async screenshot(name: string): Promise<string> {
    const folder = join(repository, '.artifacts', 'screenshots');
    await mkdir(folder, { recursive: true });
    const path = join(folder, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.workbench.close();
    await rm(this.scratch, { recursive: true, force: true });
  }

  /** Fails with what the page said when it does not get ready. */
  private async ready(): Promise<void> {
    const failure = this.page.locator('.workbench-failure');
    await this.page.locator('body[data-workbench="ready"], .workbench-failure').first().waitFor({
      state: 'attached',
      timeout: readyTimeoutMs,
    });
    if ((await failure.count()) > 0) throw new Error(await failure.innerText());
  }
}

async function requireChromium(): Promise<void> {
  await access(executablePath).catch(() => {
    throw new Error(
      `The browser tests need Chromium and found none at ${executablePath}. On Debian and Ubuntu: ` +
        '"sudo apt-get install chromium". Elsewhere set CHROMIUM to the path of a Chromium or Chrome.',
    );
  });
}
