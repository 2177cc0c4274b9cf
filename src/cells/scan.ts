import { scanFences, type Fence } from '../markdown/fences';
import { parseInfo, type FenceInfo } from './attributes';
import { idOfCode, type Cell } from './cell';
import { consoleCommands } from './consoleLines';
import { unclearPlace } from './options';
import { findPlaceholders } from './placeholders';
import { toolList } from './toolList';

const SHELL = new Set(['bash', 'sh', 'shell', 'zsh', 'shellscript', 'run']);
const CONSOLE = new Set(['console', 'shell-session', 'terminal']);
/** Where Killercoda's `{{exec}}` alone makes a fence a command: it is an express "run this". */
const UNLABELLED = new Set(['', 'plain']);

/**
 * Every cell of a note, top to bottom: fences in a shell language, console transcripts, and fences of any language
 * that have a role. Other fences, unlabelled ones among them, are no cells.
 */
export function scanCells(text: string): Cell[] {
  const taken = new Set<string>();
  const cells: Cell[] = [];
  for (const fence of scanFences(text)) {
    const content = contentOf(fence);
    if (content === null) continue;
    const { given, wanted, cell: parts } = content;
    const id = freeId(wanted, taken);
    taken.add(id);
    const cell = { ...parts, id, line: fence.line, endLine: fence.endLine };
    cells.push(given === null || given === id ? cell : warn(cell, sameIdWarning(given, id)));
  }
  return cells;
}

/** What a fence says by itself, wherever it stands. */
interface Content {
  /** The id or name written in the fence, or null. */
  readonly given: string | null;
  readonly wanted: string;
  readonly cell: Omit<Cell, 'id' | 'line' | 'endLine'>;
}

/**
 * Fences already read. An editor scans its note at every key, and all fences but one are the same as before; their cells
 * then share attributes and warnings, which tells equal cells quickly.
 */
const known = new Map<string, Content | null>();
const KNOWN_LIMIT = 4000;

function contentOf(fence: Fence): Content | null {
  // A fence that never closes says on which line.
  if (!fence.closed) return readContent(fence);
  const key = `${fence.info}\0${fence.trailing}\0${fence.body}`;
  const read = known.get(key);
  if (read !== undefined) return read;
  const content = readContent(fence);
  if (known.size >= KNOWN_LIMIT) known.clear();
  known.set(key, content);
  return content;
}

function readContent(fence: Fence): Content | null {
  const info = parseInfo(fence.info, fence.body, fence.trailing);
  const kind = kindOf(info);
  if (kind === null) return null;
  const source = kind === 'console' ? consoleCommands(fence.body) : fence.body;
  const given = info.id ?? info.name;
  return {
    given,
    wanted: given ?? idOfCode(source),
    cell: makeCell(fence, info, kind, source),
  };
}

function freeId(wanted: string, taken: ReadonlySet<string>): string {
  let id = wanted;
  for (let nth = 2; taken.has(id); nth++) id = `${wanted}-${nth}`;
  return id;
}

type Kind = 'shell' | 'console' | 'text';

function kindOf(info: FenceInfo): Kind | null {
  if (info.role === 'file' || info.role === 'expect') return 'text';
  if (CONSOLE.has(info.lang)) return 'console';
  if (SHELL.has(info.lang)) return 'shell';
  if (UNLABELLED.has(info.lang) && 'exec' in info.attributes) return 'shell';
  return info.role === null ? null : 'text';
}

function makeCell(fence: Fence, info: FenceInfo, kind: Kind, source: string): Content['cell'] {
  const tools = kind === 'shell' ? (toolList(source) ?? []) : [];
  const whyNot = reasonNotToRun(fence, info, kind, source, tools);
  const warnings = [...info.warnings];
  if (info.lang === 'zsh') warnings.push('This zsh block runs in bash.');
  return {
    name: info.name,
    role: info.role,
    lang: info.lang,
    info: info.info,
    attributes: info.attributes,
    placeholders: kind === 'text' ? [] : findPlaceholders(source),
    runnable: whyNot === null,
    whyNot,
    warnings: whyNot === null ? warnings : [whyNot, ...warnings],
    tools,
    source,
  };
}

function reasonNotToRun(
  fence: Fence,
  info: FenceInfo,
  kind: Kind,
  source: string,
  tools: readonly string[],
): string | null {
  if (!fence.closed) return `The fence that opens on line ${fence.line} never closes.`;
  if (info.role === 'expect') return 'This is what a cell is expected to print, not a command.';
  if (info.role === 'file') {
    if (typeof info.attributes['file'] !== 'string') return 'A file fence needs `file=/path`.';
    return unclearPlace(info.attributes);
  }
  if (kind === 'text') {
    return `A ${info.role ?? 'cell'} fence is run by bash, but its language is \`${info.lang}\`.`;
  }
  if (tools.length > 0) return 'This is a list of tools to install, not commands.';
  if (source.trim() === '') {
    return kind === 'console' ? 'No line of this transcript has a prompt.' : 'This cell is empty.';
  }
  return unclearPlace(info.attributes);
}

function sameIdWarning(wanted: string, id: string): string {
  return `Another cell above is called \`${wanted}\` too; this one is known as \`${id}\`.`;
}

function warn(cell: Cell, warning: string): Cell {
  return { ...cell, warnings: [...cell.warnings, warning] };
}
