import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder that the test and the user of its cells, whoever that is, both write to. */
export function sharedFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `labpath-${name}-`));
  chmodSync(folder, 0o1777);
  return folder;
}
