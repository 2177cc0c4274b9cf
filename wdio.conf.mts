/**
 * The same plugin in the real app, through wdio-obsidian-service. It downloads Obsidian, so it needs a network, and it is not
 * among this project's dependencies:
 *
 *   npm i --no-save @wdio/cli@9 @wdio/local-runner@9 @wdio/mocha-framework@9 wdio-obsidian-service@2
 *   npm run build && npx wdio run wdio.conf.mts
 *
 * Nobody has run it yet. What the workbench's tests and the app have in common is in `test/app/specs.ts`.
 */
const config = {
  runner: 'local',
  framework: 'mocha',
  specs: ['./test/app/*.wdio.mjs'],
  maxInstances: 1,
  capabilities: [
    {
      browserName: 'obsidian',
      browserVersion: 'latest',
      'wdio:obsidianOptions': { installerVersion: 'earliest', plugins: ['.'], vault: 'sample-vault' },
    },
  ],
  services: ['obsidian'],
  reporters: ['obsidian'],
  mochaOpts: { ui: 'bdd', timeout: 60_000 },
  cacheDir: '.artifacts/obsidian',
};

export { config };
