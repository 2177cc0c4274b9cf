import { defineConfig } from 'eslint/config';
import { builtinModules } from 'node:module';
import obsidianmd from 'eslint-plugin-obsidianmd';

/** The folders of src, from the most basic down: a folder imports only from folders before it. */
const folders = [
  'base',
  'markdown',
  'moc',
  'path',
  'cells',
  'labs',
  'output',
  'runs',
  'session',
  'ssh',
  'machine',
  'vault',
  'views',
  'cli',
];
const pure = ['base', 'markdown', 'moc', 'path', 'cells', 'labs', 'output', 'runs', 'session'];
/** Only here may these packages be imported, so that each can be replaced in one room. */
const homes = { obsidian: ['views'], cytoscape: ['views'], ssh2: ['ssh'] };

const nodeModules = [...builtinModules, ...builtinModules.map((name) => `node:${name}`)];

const boundaries = folders.map((folder, index) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(${[...folders.slice(index + 1).filter((below) => !(folder === 'cli' && below === 'views')), 'main'].join('|')})(/|$)`,
            message: `src/${folder} may import only from folders before it: ${folders.slice(0, index).join(', ') || 'none'}.`,
          },
          ...(folder === 'cli'
            ? [{ regex: '^(\\.\\./)+views/', message: 'The headless twin must not need Obsidian.' }]
            : []),
          ...Object.entries(homes)
            .filter(([, rooms]) => !rooms.includes(folder))
            .map(([name, rooms]) => ({
              regex: `^${name}(/|$)`,
              message: `Only src/${rooms.join(', src/')} may import ${name}.`,
            })),
          ...(folder === 'views'
            ? []
            : [{ regex: '^@codemirror/', message: 'Only src/views may import CodeMirror.' }]),
        ],
        paths: pure.includes(folder)
          ? nodeModules.map((name) => ({
              name,
              message: `src/${folder} is pure: what it needs of Node is handed in.`,
            }))
          : [],
      },
    ],
  },
}));

const clocks = pure.map((folder) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: {
    'no-restricted-globals': [
      'error',
      'setTimeout',
      'setInterval',
      'clearTimeout',
      'clearInterval',
      'performance',
      'crypto',
      'window',
      'document',
      'process',
      'fetch',
    ],
    'no-restricted-properties': [
      'error',
      { object: 'Date', property: 'now', message: 'A pure folder has no clock: it is handed in.' },
      { object: 'Math', property: 'random', message: 'A pure folder has no randomness: it is handed in.' },
    ],
  },
}));

/** Code that never runs inside Obsidian: it may use Node freely, has no `window` and prints to a terminal. */
const outsideObsidian = {
  files: [
    'src/cli/**',
    'src/machine/**',
    'src/vault/**',
    'workbench/**',
    'test/**',
    'bench/**',
    '*.config.ts',
  ],
  // What the plugin reads of a running machine.
  ignores: ['src/machine/{read,folder,state,processes}.ts'],
};
const obsidianRules = Object.keys(obsidianmd.rules ?? {}).map((rule) => [`obsidianmd/${rule}`, 'off']);

export default defineConfig([
  { ignores: ['node_modules', 'main.js', 'dist', '.artifacts', 'coverage', 'sample-vault', '**/*.mjs'] },
  ...obsidianmd.configs.recommended,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  {
    files: ['**/*.ts', 'package.json'],
    rules: {
      // js-yaml is one of the packages this project is built on; lodash is what cytoscape's sources import.
      'depend/ban-dependencies': [
        'error',
        { presets: ['native', 'microutilities', 'preferred'], allowed: ['js-yaml', 'lodash'] },
      ],
    },
  },
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    ...outsideObsidian,
    // no-undef: the TypeScript compiler knows which globals exist.
    rules: {
      ...Object.fromEntries(obsidianRules),
      'no-undef': 'off',
      'no-restricted-globals': 'off',
      'no-console': 'off',
    },
  },
  ...boundaries,
  ...clocks,
]);
