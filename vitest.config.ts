import { defineConfig, type Plugin } from 'vitest/config';
import { readFileSync } from 'node:fs';

/** Shell scripts and sample notes are imported as text, as esbuild's `text` loader does for the shipped bundles. */
const filesAsText: Plugin = {
  name: 'files-as-text',
  enforce: 'pre',
  load(id) {
    return /\.(bash|md)$/.test(id) ? `export default ${JSON.stringify(readFileSync(id, 'utf8'))};` : null;
  },
};

export default defineConfig({
  plugins: [filesAsText],
  test: {
    // What is waited for comes late on a busy machine; a second, the default, would be a timed test.
    expect: { poll: { timeout: 20_000 } },
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'json-summary', 'html'],
      // What the end-to-end tests run in Chromium, and programs that tests start, are not seen by it.
      reportOnFailure: true,
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // Some build a bundle or start a program; nothing here is timed, so a busy machine must not fail them.
          testTimeout: 30_000,
          hookTimeout: 60_000,
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.ssh.test.ts', 'test/e2e/**', 'test/faults/**', 'test/vm/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'ssh',
          include: ['test/**/*.ssh.test.ts', 'test/faults/**/*.test.ts'],
          // Nothing here is timed; what a quiet machine does in two seconds may take a busy one a minute.
          testTimeout: 120_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: { name: 'vm', include: ['test/vm/**/*.test.ts'], fileParallelism: false },
      },
    ],
  },
});
