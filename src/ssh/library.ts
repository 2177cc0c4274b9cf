import type * as Ssh2 from 'ssh2';

let loaded: Promise<typeof Ssh2> | null = null;

/** ssh2, evaluated on first use: loading the plugin costs nothing of it. */
export function ssh2(): Promise<typeof Ssh2> {
  loaded ??= import('ssh2').then(
    (module: typeof Ssh2 & { default?: typeof Ssh2 }) => module.default ?? module,
  );
  return loaded;
}
