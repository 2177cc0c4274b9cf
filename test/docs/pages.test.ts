import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { scanCells } from '../../src/cells/scan';
import { COMMANDS } from '../../src/cli/dispatch';
import { fences, pages, type PageFence } from './pages';

/** Fences in these languages are data, and never a command. */
const DATA = new Set(['text', 'mermaid', 'json', '']);
/** Commands that no test of documentation runs, and why. */
const RUN_ELSEWHERE: Readonly<Record<string, string>> = {
  'npm start': '.ci/run starts with it, because it installs packages and serves until it is stopped',
};
/** Fences whose commands stand in a test of their own, because they need the clone or serve until they are stopped. */
const OWN_TEST: Readonly<Record<string, string>> = {
  'workbench/README.md': 'test/docs/commands.ssh.test.ts',
};

const headingsOf = (text: string) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );

describe.each(pages)('$file', ({ file, text }) => {
  it('links to what is there', () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const broken = links.filter((link) => {
      if (/^(https?|mailto):/.test(link)) return false;
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? file : join(dirname(file), path);
      if (!existsSync(target)) return true;
      return (
        anchor !== undefined &&
        statSync(target).isFile() &&
        !headingsOf(readFileSync(target, 'utf8')).includes(anchor)
      );
    });
    expect(broken).toEqual([]);
  });

  it('has pictures of a size for a page that is read on the way', () => {
    const pictures = [...text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, target = '']) =>
      join(dirname(file), target),
    );
    for (const picture of pictures)
      expect([picture, statSync(picture).size < 1_500_000]).toEqual([picture, true]);
  });

  it('has rows in each of its tables', () => {
    const lines = text.split('\n');
    const empty = lines.filter(
      (line, index) => /^\|[ |:-]+\|$/.test(line) && !(lines[index + 1] ?? '').startsWith('|'),
    );
    expect(empty).toEqual([]);
  });

  it('names files of the project that exist', () => {
    const named = [
      ...text.matchAll(/`((?:src|test|scripts|workbench|bench|docs|sample-vault|\.github|\.ci)\/[\w./-]+)`/g),
    ].map(([, path = '']) => path);
    expect(named.filter((path) => !existsSync(path) && !path.includes('*'))).toEqual([]);
  });

  it('has its commands in fences, where tests find them', () => {
    const outside = text.replace(/^(`{3,}).*?^\1$/gms, '').split('\n');
    expect(outside.filter((line) => /^(?: {4}|\t)(?:\$ |(?:npm|npx|node|labpath|ssh) )/.test(line))).toEqual(
      [],
    );
  });

  it('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    const benches = [...text.matchAll(/npm run bench -- ([a-z]+)/g)].map(([, name = '']) => name);
    expect(benches.filter((name) => !existsSync(`bench/${name}.ts`))).toEqual([]);
  });

  it('names actions of labpath lab, and recipes, that exist', () => {
    const { help = '' } = COMMANDS.find(({ name }) => name === 'lab') ?? {};
    // In a table the bars between alternatives are escaped.
    const named = [...text.matchAll(/`labpath lab ((?:[a-z]+(?: ?\\?\| ?)?)+)/g)].flatMap(([, words = '']) =>
      words.split(/[\s\\|]+/),
    );
    const recipes = [...text.matchAll(/lab recipe ([a-z-]+(?:\|[a-z-]+)*)/g)].flatMap(([, names = '']) =>
      names.split('|'),
    );
    const isKnown = (word: string) => new RegExp(`^ +${word} {2,}\\S`, 'm').test(help);
    expect([...named, ...recipes].filter((word) => word !== '' && !isKnown(word))).toEqual([]);
  });

  it('names commands of labpath, and options of theirs, that exist', () => {
    const wrong = [...text.matchAll(/\blabpath (\w+)((?: (?:[^`|\n]|\\\|)+)?)/g)].flatMap(
      ([said, name = '', rest = '']) => {
        const command = COMMANDS.find((each) => each.name === name);
        // In prose the word behind the program's name is any word.
        if (command === undefined) return [];
        const options = rest.match(/(?<![\w-])--?[a-z][\w-]*/g) ?? [];
        return options
          .filter((option) => !command.help.includes(option))
          .map((option) => `${said}: ${option}`);
      },
    );
    expect(wrong).toEqual([]);
  });
});

const named = (list: readonly PageFence[]) =>
  list.map((fence) => ({ ...fence, name: `${fence.file}:${fence.line}` }));

describe('an example of Markdown', () => {
  // `{ROLE #id key=value …}` shows the form of a fence and is none itself.
  it.each(named(fences.filter(({ lang, body }) => lang === 'markdown' && !body.includes('{ROLE '))))(
    'has only cells that are understood: $name',
    ({ body }) => {
      const cells = scanCells(body);
      expect(cells.length).toBeGreaterThan(0);
      expect(cells.flatMap(({ warnings, whyNot }) => warnings.filter((each) => each !== whyNot))).toEqual([]);
    },
  );
});

describe('an example of YAML', () => {
  it.each(named(fences.filter(({ lang }) => lang === 'yaml')))('can be read: $name', ({ body }) => {
    expect(load(body)).toBeTypeOf('object');
  });
});

describe('a fence with commands', () => {
  it.each(
    named(fences.filter(({ lang }) => !DATA.has(lang) && !['markdown', 'yaml', 'console'].includes(lang))),
  )('is run by another test, which is named: $name', ({ file, body }) => {
    const own = OWN_TEST[file];
    if (own !== undefined) {
      expect(readFileSync(own, 'utf8')).toContain(`'${file}'`);
      return;
    }
    for (const line of body.split('\n').filter((each) => each.trim() !== '')) {
      const command = line.replace(/\s+#.*$/, '').trim();
      if (command in RUN_ELSEWHERE) {
        expect(readFileSync('.ci/run', 'utf8')).toContain(command);
      } else expect([command, readFileSync('.ci/run', 'utf8').includes(command)]).toEqual([command, true]);
    }
  });
});
