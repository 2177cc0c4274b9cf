import type { Line } from 'ssh-config';
import type { ConfigValues } from './configValues';
import type { SshDestination } from './destination';
import { nodeFiles, nodePath } from './node';
import { patternListMatches, wildcardMatches } from './wildcard';

/** The files an ssh config is read from when there is no ssh to ask. */
export interface ConfigFiles {
  /** In order of precedence: the user's, then the system's. */
  readonly files: readonly string[];
  /** For `~`, and for relative paths of Include in the user's config (`~/.ssh`). */
  readonly home: string;
  readonly localUser: string;
}

/** Keywords whose every value counts; of all others the first one does (ssh_config(5)). */
const repeatable = new Set(['identityfile', 'certificatefile']);
/** ssh gives up at this depth of Include. */
const deepest = 16;

/**
 * What the config files say of a destination, as `ssh -G` would answer it where they hold Host, Include and the plain
 * criteria of Match. `Match exec` never runs a program here, and `Match canonical` and `final` never match: if the
 * files hold one, `labpath-unread` names it.
 */
export async function readConfigFiles(
  destination: SshDestination,
  { files, home, localUser }: ConfigFiles,
): Promise<ConfigValues> {
  const { parse } = await import('ssh-config');
  const path = await nodePath();
  const values = new Map<string, string[]>();
  const first = (keyword: string): string | undefined => values.get(keyword)?.[0];
  if (destination.user !== null) values.set('user', [destination.user]);
  if (destination.port !== null) values.set('port', [String(destination.port)]);

  const set = (keyword: string, words: readonly string[]): void => {
    const known = values.get(keyword);
    if (known === undefined) values.set(keyword, [words.join(' ')]);
    else if (repeatable.has(keyword)) known.push(words.join(' '));
  };

  const unread = (what: string): void => {
    const known = values.get('labpath-unread') ?? [];
    if (!known.includes(what)) values.set('labpath-unread', [...known, what]);
  };

  const criterionHolds = (name: string, patterns: readonly string[]): boolean => {
    const list = patterns.flatMap((each) => each.split(','));
    switch (name.toLowerCase()) {
      case 'all':
        return true;
      case 'host':
        return patternListMatches(
          list,
          (first('hostname') ?? destination.host).replaceAll('%h', destination.host),
        );
      case 'originalhost':
        return patternListMatches(list, destination.host);
      case 'user':
        return patternListMatches(list, first('user') ?? localUser);
      case 'localuser':
        return patternListMatches(list, localUser);
      default:
        unread(`Match ${name.toLowerCase()}`);
        return false;
    }
  };

  const walk = async (lines: readonly Line[], folder: string, depth: number): Promise<void> => {
    for (const line of lines) {
      if (!('param' in line)) continue;
      const words = wordsOf(line.value);
      const keyword = line.param.toLowerCase();
      if ('criteria' in line) {
        const holds = Object.entries(line.criteria).every(([name, value]) =>
          criterionHolds(name, wordsOf(value)),
        );
        if (holds) await walk(line.config, folder, depth);
      } else if ('config' in line) {
        if (patternListMatches(words, destination.host)) await walk(line.config, folder, depth);
      } else if (keyword === 'include') {
        for (const pattern of words) await include(pattern, folder, depth + 1);
      } else {
        set(keyword, words);
      }
    }
  };

  const include = async (pattern: string, folder: string, depth: number): Promise<void> => {
    if (depth > deepest) return;
    const full = path.resolve(folder, pattern.replace(/^~(?=[/\\])/, home));
    for (const file of await filesLike(full)) await readInto(file, folder, depth);
  };

  const readInto = async (file: string, folder: string, depth: number): Promise<void> => {
    const text = await readText(file);
    if (text !== null) await walk(parse(text), folder, depth);
  };

  const own = path.join(home, '.ssh');
  for (const file of files) {
    await readInto(file, path.dirname(file) === '/etc/ssh' ? '/etc/ssh' : own, 0);
  }
  return values;
}

function wordsOf(value: string | readonly { readonly val: string }[]): readonly string[] {
  return typeof value === 'string' ? [value] : value.map(({ val }) => val);
}

/** The files a path with wildcards in any of its parts means, in order of their names, as glob(7) gives them. */
async function filesLike(pattern: string): Promise<string[]> {
  const { readdir } = await nodeFiles();
  const path = await nodePath();
  const parts = pattern.split(/[/\\]/);
  let found = [parts[0] === '' ? path.sep : `${parts[0] ?? ''}${path.sep}`];
  for (const part of parts.slice(1)) {
    if (!/[*?]/.test(part)) {
      found = found.map((folder) => path.join(folder, part));
      continue;
    }
    const matches = await Promise.all(
      found.map(async (folder) => {
        const names = await readdir(folder).catch(() => []);
        return names
          .filter((name) => wildcardMatches(part, name) && (part.startsWith('.') || !name.startsWith('.')))
          .sort()
          .map((name) => path.join(folder, name));
      }),
    );
    found = matches.flat();
  }
  return found;
}

async function readText(file: string): Promise<string | null> {
  const { readFile } = await nodeFiles();
  try {
    return await readFile(file, 'utf8');
  } catch {
    return null;
  }
}
