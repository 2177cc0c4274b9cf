/** The reference of commands, settings, fences and the command line, written from the code that has them. */
import type { SettingDefinitionGroup, SettingDefinitionItem, SettingDefinitionPage } from 'obsidian';
import { KEY_FACTS, ROLE_FACTS, type KeyFact } from '../../src/cells/keyFacts';
import { ALIASES } from '../../src/cells/keys';
import { COMMANDS } from '../../src/cli/dispatch';
import { pluginFacts, type PluginFacts } from './pluginFacts';

/** What `dispatch.ts`, `run.ts`, `life.ts` and `enter.ts` give; held by the tests of the commands. */
const EXIT_STATUSES: readonly (readonly string[])[] = [
  ['0', 'all that was asked for was done, and all of it is well'],
  ['1', 'something is not well, which is said; `labpath lab status`: the machine does not run'],
  ['2', 'the command line is wrong; nothing was done'],
  ['130', '`labpath run` was interrupted with ^C'],
  ['any', 'of `labpath lab ssh`: that of the command, or 255 when there was no connection'],
];

/** The whole of docs/reference.md. */
export async function renderReference(): Promise<string> {
  const facts = await pluginFacts();
  return [
    '# Reference\n\nWritten by `npm run docs` from the code. Do not edit it; a test compares it with the code.\n',
    '## Commands in Obsidian\n',
    'Each is `labpath:` and its id, for hotkeys. A command is offered only where it can do something.\n',
    table(
      ['command', 'id'],
      facts.commands.map(({ name, id }) => [name, `\`${id}\``]),
    ),
    '## Settings\n',
    ...settingsOf(facts.settings),
    "## Obsidian's command line\n",
    cliTable(facts),
    '## Fences\n',
    'What stands in the braces behind the language of a fence: a role, `#id`, keys. [authoring.md](authoring.md) tells how they work together.\n',
    '### Roles\n',
    table(
      ['role', 'meaning'],
      Object.entries(ROLE_FACTS).map(([role, means]) => [`\`${role}\``, means]),
    ),
    '### Keys\n',
    table(
      ['key', 'of', 'meaning', 'example'],
      Object.entries(KEY_FACTS).map(([key, fact]) => keyRow(key, fact)),
    ),
    `Names of other tools for the same: ${Object.entries(ALIASES)
      .map(([alias, key]) => `\`${alias}\` for \`${key}\``)
      .join(', ')}.\n`,
    '## The command `labpath`\n',
    '`labpath --help` lists the commands, `labpath help NAME` (or `--help` behind a command) shows what stands here, `labpath --version` the version. `-y` is short for `--yes`, `-j` for `--jobs`.\n',
    table(['exit status', 'meaning'], EXIT_STATUSES),
    ...COMMANDS.flatMap(({ name, help }) => [`### labpath ${name}\n`, fence(help)]),
  ].join('\n');
}

function keyRow(key: string, { of, means, example }: KeyFact): string[] {
  const fences = of === 'cells' ? 'every cell' : of.map((role) => `\`${role}\``).join(', ');
  return [`\`${key}\``, fences, means, `\`${example}\``];
}

/** A table for each group and each page, in their order. */
function settingsOf(items: readonly SettingDefinitionItem[]): string[] {
  return items.flatMap((item) => {
    if (isGroup(item)) return part(item.heading ?? 'Others', '', item.items ?? []);
    return isPage(item) ? part(item.name, item.desc, item.items ?? []) : [settingTable([item])];
  });
}

/** What a page inside of a group holds stands in the group's part: the hosts of the list of hosts. */
function part(title: string, about: unknown, items: readonly SettingDefinitionItem[]): string[] {
  const rows = items.flatMap((item) => (isPage(item) ? (item.items ?? []) : [item]));
  return [
    `### ${title}\n`,
    ...(typeof about === 'string' && about !== '' ? [`${about}\n`] : []),
    settingTable(rows),
  ];
}

function settingTable(items: readonly SettingDefinitionItem[]): string {
  return table(
    ['setting', 'meaning'],
    items.map((item) => [
      'name' in item ? item.name : '',
      'desc' in item && typeof item.desc === 'string' ? item.desc : '',
    ]),
  );
}

function isGroup(item: SettingDefinitionItem): item is SettingDefinitionGroup {
  return 'type' in item && (item.type === 'group' || item.type === 'list');
}

function isPage(item: SettingDefinitionItem): item is SettingDefinitionPage {
  return 'type' in item && item.type === 'page';
}

function cliTable({ cli }: PluginFacts): string {
  return table(
    ['command', 'what it does', 'flags'],
    cli.map(({ name, about, flags }) => [
      `\`obsidian ${name}\``,
      about,
      Object.entries(flags ?? {})
        .map(([flag, { description }]) => `\`${flag}\`: ${description}`)
        .join('; '),
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}

function fence(text: string): string {
  return `\`\`\`text\n${text.trimEnd()}\n\`\`\`\n`;
}
