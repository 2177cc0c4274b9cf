/** What the shipped plugin registers in the app, found by loading main.js into a recording stand-in for Obsidian. */
import { createRequire, isBuiltin } from 'node:module';
import { compileFunction } from 'node:vm';
import { build } from 'esbuild';
import type { CliFlags, Command, PluginManifest, PluginSettingTab, SettingDefinitionItem } from 'obsidian';
import { pluginBundle } from '../../esbuild.config.mjs';
import manifest from '../../manifest.json';

export interface PluginFacts {
  readonly commands: readonly Command[];
  readonly settings: readonly SettingDefinitionItem[];
  /** Commands of Obsidian's own command line. */
  readonly cli: readonly CliCommand[];
}

export interface CliCommand {
  readonly name: string;
  readonly about: string;
  readonly flags: CliFlags | null;
}

interface MadePlugin {
  onload(): Promise<void>;
}
type PluginClass = new (app: unknown, manifest: PluginManifest) => MadePlugin;
type Evaluate = (...parameters: readonly unknown[]) => void;

/** What the code of a page finds beside `require`, `module` and `exports`; the second list on the desktop only. */
const pageNames = ['window', 'document', 'activeDocument', 'activeWindow'];
const nodeNames = ['process', 'Buffer', 'global', '__dirname', '__filename'];

/**
 * Answers to every name and every call with itself, so that code that registers finds whatever it asks for. It is no
 * promise, because whoever waits for it would wait for ever.
 */
const anything: unknown = new Proxy(function anything() {}, {
  get: (_, name) => (name === 'then' ? undefined : name === Symbol.toPrimitive ? () => '' : anything),
  apply: () => anything,
});

/** @param app the app for phones and tablets has no Node: neither its modules nor its globals */
export async function pluginFacts(app: 'desktop' | 'mobile' = 'desktop'): Promise<PluginFacts> {
  const { outputFiles } = await build({ ...pluginBundle, write: false });
  const isDesktop = app === 'desktop';
  const recorder = new Recorder(isDesktop);
  const module: { exports: { default?: PluginClass } } = { exports: {} };
  const evaluate = compileFunction(outputFiles?.[0]?.text ?? '', [
    'require',
    'module',
    'exports',
    ...pageNames,
    ...(isDesktop ? [] : nodeNames),
  ]) as Evaluate;
  const require = requireWith(recorder.obsidian(), isDesktop);
  evaluate(require, module, module.exports, ...pageNames.map(() => anything));
  const Made = module.exports.default;
  if (Made === undefined) throw new Error('main.js exports no plugin.');
  await new Made(anything, manifest).onload();
  const facts = { commands: recorder.commands, cli: recorder.cli, settings: recorder.settings() };
  const nothing = Object.entries(facts).find(([, list]) => list.length === 0);
  if (nothing !== undefined) throw new Error(`main.js was loaded and registered no ${nothing[0]}.`);
  return facts;
}

/** Node's modules and CodeMirror are the real ones. */
function requireWith(obsidian: unknown, hasNode: boolean): (name: string) => unknown {
  const real = createRequire(import.meta.url);
  return (name) => {
    if (name === 'obsidian') return obsidian;
    if (isBuiltin(name) && !hasNode) throw new Error(`There is no ${name} on a phone.`);
    return isBuiltin(name) || name.startsWith('@') ? (real(name) as unknown) : anything;
  };
}

class Recorder {
  readonly commands: Command[] = [];
  readonly cli: CliCommand[] = [];
  private readonly tabs: PluginSettingTab[] = [];

  constructor(private readonly isDesktop: boolean) {}

  /** The `obsidian` module: what is recorded, and functions that are classes as well for everything else. */
  obsidian(): unknown {
    const known: Readonly<Record<string, unknown>> = {
      Platform: {
        isDesktopApp: this.isDesktop,
        isDesktop: this.isDesktop,
        isMobile: !this.isDesktop,
        isMobileApp: !this.isDesktop,
      },
      Plugin: this.pluginClass(),
      PluginSettingTab: class {
        update(): void {}
      },
    };
    return new Proxy(known, {
      get: (target, name) => target[String(name)] ?? function stand() {},
    });
  }

  /** With one host in the list, because an empty list says nothing about hosts. */
  settings(): SettingDefinitionItem[] {
    return this.tabs.flatMap((tab) => {
      for (const item of tab.getSettingDefinitions()) {
        if ('type' in item && item.type === 'list' && 'addItem' in item)
          item.addItem?.action({} as HTMLElement);
      }
      return tab.getSettingDefinitions();
    });
  }

  private pluginClass(): unknown {
    const { commands, cli, tabs } = this;
    return class {
      constructor(
        readonly app: unknown,
        readonly manifest: PluginManifest,
      ) {
        return new Proxy(this, {
          get: (target, name, receiver): unknown =>
            name in target ? Reflect.get(target, name, receiver) : anything,
        });
      }

      addCommand(command: Command): void {
        commands.push(command);
      }

      addSettingTab(tab: PluginSettingTab): void {
        tabs.push(tab);
      }

      registerCliHandler(name: string, about: string, flags: CliFlags | null): void {
        cli.push({ name, about, flags });
      }
    };
  }
}
