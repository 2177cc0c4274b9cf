import type { Learned } from '../../path/progressRecord';
import { isRecord } from '../../base/record';
import { readBook } from '../../path/progressRecord';

/** The plugin's settings, kept in data.json. Nothing secret is among them: keys are named by path, never copied. */
export interface HostSetting {
  /** The name cells and frontmatter use. */
  readonly name: string;
  /** Host name or IP address. */
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** Path of a private key on this computer; empty to use the SSH agent and the usual key files. */
  readonly identityFile: string;
  /** Every run there is asked for first, whatever the vault's policy. */
  readonly askAlways: boolean;
}

export interface Settings {
  /** Where cells run when neither the cell nor the note names a host. */
  readonly defaultHost: string;
  /** Vault folder for created notes; empty for the folder of the map. */
  readonly stubFolder: string;
  /** Vault folder of the user's templates for created notes; empty for Labpath's own. */
  readonly templateFolder: string;
  /** Words that mark a row as planned when they stand in round brackets, with commas between them. */
  readonly plannedMarkers: string;
  readonly hosts: readonly HostSetting[];
  /** Not shown among the settings: what the learner has done. */
  readonly learned: Learned;
}

export const DEFAULT_SETTINGS: Settings = {
  defaultHost: 'lab',
  stubFolder: '',
  templateFolder: '',
  plannedMarkers: '',
  hosts: [],
  learned: {},
};

export const EMPTY_HOST: HostSetting = {
  name: '',
  address: '',
  port: 22,
  user: '',
  identityFile: '',
  askAlways: false,
};

/** Settings from whatever data.json holds: a hand-edited or older file never breaks the plugin. */
export function readSettings(stored: unknown): Settings {
  if (!isRecord(stored)) return DEFAULT_SETTINGS;
  const hosts = Array.isArray(stored.hosts) ? stored.hosts : [];
  return {
    defaultHost: text(stored.defaultHost) || DEFAULT_SETTINGS.defaultHost,
    stubFolder: text(stored.stubFolder),
    templateFolder: text(stored.templateFolder),
    plannedMarkers: text(stored.plannedMarkers),
    hosts: hosts.filter(isRecord).map(readHost),
    learned: readBook(stored.learned),
  };
}

function readHost(stored: Record<string, unknown>): HostSetting {
  const port = Number(stored.port);
  return {
    name: text(stored.name),
    address: text(stored.address),
    port: isPort(port) ? port : EMPTY_HOST.port,
    user: text(stored.user),
    identityFile: text(stored.identityFile),
    askAlways: stored.askAlways === true,
  };
}

/**
 * Whom a host's name means by these settings, in words. Settings can come with a shared vault, so consent is given to
 * these words, not to the name alone: another address, user or key is another host.
 */
export function hostInWords({ hosts }: Settings, name: string): string {
  const host = name === 'lab' ? undefined : hosts.find((each) => each.name === name);
  if (host === undefined) return name;
  const key = host.identityFile === '' ? '' : `, key ${host.identityFile}`;
  const asks = host.askAlways ? ', asks before every run' : '';
  return `${name} (${host.user}@${host.address}:${host.port}${key}${asks})`;
}

/** Whether enough is said of a host to connect to it. */
export function isComplete({ name, address, user }: HostSetting): boolean {
  return name !== '' && address !== '' && user !== '';
}

/** Whether the settings want every run on this host to be asked for. */
export function asksAlways({ hosts }: Settings, name: string): boolean {
  return name !== 'lab' && hosts.some((host) => host.name === name && host.askAlways);
}

export function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 65535;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
