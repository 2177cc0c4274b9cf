import { defineConfig } from 'eslint/config';
import boundaries from 'eslint-plugin-boundaries';
import obsidianmd from 'eslint-plugin-obsidianmd';

/** The folders of src, from the most basic down: a folder imports only from folders before it. */
const folders = [
  'base',
  'markdown',
  'moc',
  'path',
  'cells',
  'trust',
  'output',
  'labs',
  'runs',
  'session',
  'ssh',
  'machine',
  'vault',
  'views',
  'cli',
];
const pure = ['base', 'markdown', 'moc', 'path', 'cells', 'trust', 'labs', 'output', 'runs', 'session'];
/** Only here may these packages be imported, so that each can be replaced in one room. */
const homes = { obsidian: ['views'], cytoscape: ['views'], '@codemirror/*': ['views'], ssh2: ['ssh'] };

const pureFolders = folders.filter((folder) => pure.includes(folder));
const without = (list, excluded) => list.filter((entry) => !excluded.includes(entry));

/** An import, dynamic or not, by whatever path or name: what it leads to decides. */
const boundaryPolicies = [
  {
    from: { element: { types: { anyOf: folders } } },
    disallow: { to: { file: { categories: 'main' } } },
    message: 'src/main.ts wires the parts; no part knows it.',
  },
  ...folders.map((folder, index) => ({
    from: { element: { type: folder } },
    disallow: {
      to: {
        element: {
          types: {
            anyOf: [
              ...folders.slice(index + 1),
              // The headless twin must not need Obsidian.
              ...(folder === 'cli' ? ['views'] : []),
            ],
          },
        },
      },
    },
    message: `src/${folder} may import only from folders before it: ${without(folders.slice(0, index), folder === 'cli' ? ['views'] : []).join(', ') || 'none'}.`,
  })),
  {
    from: { element: { types: { anyOf: pureFolders } } },
    disallow: { to: { module: { origin: 'core' } } },
    message: 'This folder is pure: what it needs of Node is handed in.',
  },
  ...Object.entries(homes).map(([name, rooms]) => ({
    from: { element: { types: { anyOf: without(folders, rooms) } } },
    disallow: { to: { module: { source: name } } },
    message: `Only ${rooms.map((room) => `src/${room}`).join(', ')} may import ${name}.`,
  })),
];

const boundaryRules = {
  files: ['src/**/*.ts'],
  plugins: { boundaries },
  settings: {
    'import/resolver': { node: { extensions: ['.ts', '.js'] } },
    'boundaries/include': ['src/**/*.ts'],
    'boundaries/elements': folders.map((folder) => ({ type: folder, pattern: `src/${folder}` })),
    'boundaries/files': [{ category: 'main', pattern: 'src/main.ts' }],
    'boundaries/dependency-nodes': ['import', 'export', 'dynamic-import', 'require'],
  },
  rules: {
    'boundaries/dependencies': [
      'error',
      { default: 'allow', checkAllOrigins: true, policies: boundaryPolicies },
    ],
  },
};

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
      'globalThis',
    ],
    'no-restricted-syntax': [
      'error',
      {
        selector: ':matches(NewExpression, CallExpression)[callee.name="Date"][arguments.length=0]',
        message: 'A pure folder has no clock: it is handed in.',
      },
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
    'scripts/**',
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
  boundaryRules,
  ...clocks,
]);
