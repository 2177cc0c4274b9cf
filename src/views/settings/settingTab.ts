import {
  FileSystemAdapter,
  Notice,
  PluginSettingTab,
  type App,
  type Plugin,
  type SettingDefinition,
  type SettingDefinitionItem,
  type SettingDefinitionList,
} from 'obsidian';
import type { HelpFeature } from '../help/helpFeature';
import { POLICY_WORDS } from '../trust/runDialog';
import { readPolicy } from '../trust/approvals';
import type { DeviceSettings } from './deviceSettings';
import { EMPTY_HOST, isComplete, isPort, type HostSetting } from './settings';
import type { SettingsStore } from './settingsStore';

/** `hosts.<index>.<field>`: how a host's fields are addressed by the declarative settings. */
const HOST_KEY = /^hosts\.(\d+)\.(name|address|port|user|identityFile|askAlways)$/;

const DEVICE_KEYS = ['policy', 'agentSocket', 'systemSshHosts'] as const;

function isDeviceKey(key: string): key is (typeof DEVICE_KEYS)[number] {
  return DEVICE_KEYS.some((each) => each === key);
}

/** The settings page, declared for Obsidian to render and to search. */
export class LabpathSettingTab extends PluginSettingTab {
  override icon = 'route';

  constructor(
    plugin: Plugin,
    private readonly store: SettingsStore,
    private readonly device: DeviceSettings,
    private readonly help: Pick<HelpFeature, 'openFirstSteps' | 'report'>,
    /** Pages of other parts of the plugin, which say when what they show has to be looked at again. */
    private readonly pages: (lookAgain: () => void) => SettingDefinitionItem[],
  ) {
    super(plugin.app, plugin);
  }

  override getSettingDefinitions(): SettingDefinitionItem[] {
    return [
      { type: 'group', heading: 'Running cells', items: this.runningItems() },
      ...this.pages(() => this.refreshDomState()),
      this.hostList(),
      { type: 'group', heading: 'Learning path', items: pathItems() },
      { type: 'group', heading: 'Help', items: this.helpItems() },
    ];
  }

  private runningItems(): SettingDefinition[] {
    return [
      {
        name: 'Default host',
        desc: 'Where cells run when neither the cell nor its note names a host: “lab” for the lab machine, a host from the list below, or an alias of your SSH config.',
        aliases: ['ssh', 'machine', 'server'],
        control: {
          type: 'text',
          key: 'defaultHost',
          placeholder: 'lab',
          validate: (value) => (value.trim() === '' ? 'Name a host, for example “lab”.' : undefined),
        },
      },
      {
        name: 'Ask before running',
        desc: 'Cells of this vault ask on this device: when a cell is new or not the one you agreed to, before every run, or once for each host. Dangerous lines always ask.',
        aliases: ['trust', 'safety'],
        control: { type: 'dropdown', key: 'policy', options: POLICY_WORDS },
      },
      {
        name: 'Forget what was agreed to',
        desc: 'All cells of this vault ask again on this device.',
        aliases: ['trust', 'reset'],
        action: () => {
          this.device.forget();
          new Notice('Cells of this vault ask again before they run.');
        },
      },
      {
        name: 'SSH agent',
        desc: 'Path of your agent’s socket or pipe on this device. Leave it empty to use the usual one; an app started from the desktop may not know it.',
        aliases: ['SSH_AUTH_SOCK', 'key'],
        control: { type: 'text', key: 'agentSocket', placeholder: 'SSH_AUTH_SOCK' },
      },
      {
        name: 'Hosts by the system’s SSH',
        desc: 'Names of hosts that the ssh of this device connects to, with commas between them: for certificates, security keys, ProxyCommand, and servers that Labpath has no algorithm for. Not on Windows.',
        aliases: ['FIDO', 'certificate', 'transport', 'OpenSSH'],
        control: { type: 'text', key: 'systemSshHosts', placeholder: 'work, bastion' },
      },
    ];
  }

  private hostList(): SettingDefinitionList {
    return {
      type: 'list',
      heading: 'Hosts',
      emptyState:
        'No hosts yet. The lab machine (“lab”) and the aliases of your SSH config work without an entry here.',
      addItem: { name: 'Add host', action: () => void this.addHost() },
      onDelete: (index) => void this.removeHost(index),
      items: this.store.current.hosts.map((host, index) => ({
        type: 'page',
        name: host.name === '' ? 'New host' : host.name,
        desc: describeHost(host),
        status: () => (isComplete(this.store.current.hosts[index] ?? EMPTY_HOST) ? null : 'warning'),
        items: hostFields(index, () => vaultFolder(this.app)),
      })),
    };
  }

  private helpItems(): SettingDefinition[] {
    return [
      {
        name: 'First steps',
        desc: 'A lab machine, notes to begin with, and when to be asked.',
        aliases: ['welcome', 'getting started', 'sample'],
        action: () => void this.help.openFirstSteps(),
      },
      {
        name: 'Report a problem',
        desc: 'Gathers versions and what went wrong, without names of hosts and notes, for you to read and copy.',
        aliases: ['bug', 'log', 'support'],
        action: () => this.help.report(),
      },
    ];
  }

  override getControlValue(key: string): unknown {
    if (isDeviceKey(key)) return this.device[key];
    const field = HOST_KEY.exec(key);
    const { hosts, ...plain } = this.store.current;
    if (!field) return key in plain ? plain[key as keyof typeof plain] : undefined;
    return hosts[Number(field[1])]?.[field[2] as keyof HostSetting];
  }

  override async setControlValue(key: string, value: unknown): Promise<void> {
    if (isDeviceKey(key)) {
      if (key === 'policy') this.device.policy = readPolicy(value);
      else this.device[key] = String(value).trim();
      return;
    }
    const field = HOST_KEY.exec(key);
    if (!field) {
      await this.store.update({ [key]: typeof value === 'string' ? value.trim() : value });
      return;
    }
    const hosts = this.store.current.hosts.map((host, index) =>
      index === Number(field[1])
        ? { ...host, [field[2] ?? '']: typeof value === 'string' ? value.trim() : value }
        : host,
    );
    await this.store.update({ hosts });
  }

  private async addHost(): Promise<void> {
    await this.store.update({ hosts: [...this.store.current.hosts, EMPTY_HOST] });
    this.update();
  }

  private async removeHost(index: number): Promise<void> {
    await this.store.update({ hosts: this.store.current.hosts.filter((_, i) => i !== index) });
    this.update();
  }
}

function pathItems(): SettingDefinition[] {
  return [
    {
      name: 'Folder for created notes',
      desc: 'Planned notes are created here. Leave it empty to create them beside their map.',
      aliases: ['stub', 'planned'],
      control: { type: 'folder', key: 'stubFolder', placeholder: 'Folder of the map', includeRoot: true },
    },
    {
      name: 'Folder of templates',
      desc: 'Notes named “debug”, “lab”, “guide”, “map”, “stub” or like a section are the templates of created notes. They may hold {{title}}, {{moc}}, {{section}}, {{uid}} and {{prerequisites}}. Leave it empty for built-in templates.',
      aliases: ['stub', 'planned'],
      control: { type: 'folder', key: 'templateFolder', placeholder: 'Built-in templates' },
    },
    {
      name: 'Words for planned',
      desc: 'A row is planned when one of these words stands in it in round brackets. Put commas between them.',
      aliases: ['marker', 'todo'],
      control: { type: 'text', key: 'plannedMarkers', placeholder: 'planned, todo' },
    },
  ];
}

function hostFields(index: number, vault: () => string | null): SettingDefinitionItem[] {
  const key = (field: keyof HostSetting): string => `hosts.${index}.${field}`;
  return [
    {
      name: 'Name',
      desc: 'How notes refer to this host, for example in a cell’s “host=” or a note’s “host” property.',
      control: { type: 'text', key: key('name'), validate: (value) => required(value, 'a name') },
    },
    {
      name: 'Address',
      desc: 'Host name or IP address.',
      control: { type: 'text', key: key('address'), validate: (value) => required(value, 'an address') },
    },
    {
      name: 'Port',
      desc: 'Of its SSH server; 22 is the usual one.',
      control: {
        type: 'number',
        key: key('port'),
        defaultValue: EMPTY_HOST.port,
        min: 1,
        max: 65535,
        validate: (value) => (isPort(value) ? undefined : 'A port is a whole number from 1 to 65535.'),
      },
    },
    {
      name: 'User',
      desc: 'Whom to log in as. Cells may do there whatever this user may.',
      control: { type: 'text', key: key('user'), validate: (value) => required(value, 'a user name') },
    },
    {
      name: 'Private key file',
      desc: 'Path on this computer. Leave it empty to use the SSH agent. The key itself is never copied or stored.',
      control: {
        type: 'text',
        key: key('identityFile'),
        placeholder: '~/.ssh/id_ed25519',
        validate: (value) => keyPlace(value, vault()),
      },
    },
    {
      name: 'Ask before every run',
      desc: 'For machines where a mistake costs something.',
      control: { type: 'toggle', key: key('askAlways') },
    },
  ];
}

/** Where the vault lies on this computer; null where it lies in no folder. */
function vaultFolder({ vault: { adapter } }: App): string | null {
  return adapter instanceof FileSystemAdapter ? adapter.getBasePath() : null;
}

/** A vault is synced and shared, and a private key must be neither. */
function keyPlace(file: string, vault: string | null): string | undefined {
  const path = file.trim().replaceAll('\\', '/');
  const inVault = vault !== null && path.startsWith(`${vault.replaceAll('\\', '/')}/`);
  return inVault
    ? 'This key lies in the vault, which may be synced and shared. Move it out, for example to ~/.ssh.'
    : undefined;
}

function required(value: string, what: string): string | undefined {
  return value.trim() === '' ? `Enter ${what}.` : undefined;
}

function describeHost(host: HostSetting): string {
  return host.address === '' ? 'Not set up yet' : `${host.user}@${host.address}:${host.port}`;
}
