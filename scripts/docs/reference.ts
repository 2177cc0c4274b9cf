/** The reference of commands, settings, fences and the command line, written from the code that has them. */
import type { SettingDefinitionGroup, SettingDefinitionItem, SettingDefinitionPage } from 'obsidian';
import { KEY_FACTS, ROLE_FACTS, type KeyFact } from '../../src/cells/keyFacts';
import { ALIASES } from '../../src/cells/keys';
import { COMMANDS } from '../../src/cli/dispatch';
import { pluginFacts, type PluginFacts } from './pluginFacts';

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
    ...COMMANDS.flatMap(({ name, help }) => [`### labpath ${name}\n`, fence(help)]),
  ].join('\n');
}

function keyRow(key: string, { of, means, example }: KeyFact): string[] {
  const fences = of === 'cells' ? 'every cell' : of.map((role) => `\`${role}\``).join(', ');
  return [`\`${key}\``, fences, means, `\`${example}\``];
}

/** A table for what stands outside of groups, and one for each group. */
function settingsOf(items: readonly SettingDefinitionItem[]): string[] {
  const loose = items.filter((item) => !isGroup(item));
  const groups = items.filter(isGroup);
  return [
    ...(loose.length === 0 ? [] : [settingTable(loose)]),
    ...groups.flatMap(({ heading, items: inside = [] }) => [
      `### ${heading ?? 'Others'}\n`,
      ...inside.filter(isPage).flatMap((page) => settingsOf(page.items ?? [])),
      ...(inside.some((item) => !isPage(item)) ? [settingTable(inside.filter((item) => !isPage(item)))] : []),
    ]),
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
