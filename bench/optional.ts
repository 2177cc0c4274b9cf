/**
 * Packages a bench compares with and the project does not depend on, because of their licence or their native parts.
 * Install them anywhere and name that folder: `LABPATH_BENCH_MODULES=DIR npm run bench -- NAME`.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The package, or null after saying how to get it. */
export function optional(name: string): unknown {
  const folder = process.env['LABPATH_BENCH_MODULES'];
  try {
    return createRequire(join(folder ?? process.cwd(), 'package.json'))(name) as unknown;
  } catch {
    process.stdout.write(
      `${name} is not compared: npm install --prefix DIR ${name}, then LABPATH_BENCH_MODULES=DIR\n`,
    );
    return null;
  }
}
