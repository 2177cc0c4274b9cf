import type { BuildOptions } from 'esbuild';

export const pluginBundle: BuildOptions;
export const cliBundle: BuildOptions;
