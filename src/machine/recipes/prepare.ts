import { labPackages } from '../tools';
import prepareScript from './prepare.bash';

/** The script that `labpath lab adopt` runs, and that people can run themselves. */
export function prepare(): string {
  return (['debian', 'fedora', 'alpine'] as const).reduce(
    (script, family) => script.replace(`@${family}@`, labPackages(family).join(' ')),
    prepareScript,
  );
}
