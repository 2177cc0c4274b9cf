import { readFile, rename, writeFile } from 'node:fs/promises';
import process from 'node:process';
import type { MachineFiles } from './folder';
import { processStartTime } from './processes';
import { knownHosts, sshConfig } from './sshFiles';
import type { MachineRecord } from './state';

const host = '127.0.0.1';
const mode = 0o600;

/** Writes what ssh needs to reach a machine and, last and at once, the record that says the machine runs. */
export async function publish(
  facts: Pick<MachineRecord, 'name' | 'kind' | 'port' | 'startedAt' | 'bootedAt'>,
  files: MachineFiles,
): Promise<MachineRecord> {
  const startTime = await processStartTime(process.pid);
  const record: MachineRecord = {
    ...facts,
    pid: process.pid,
    ...(startTime === null ? {} : { pidStartTime: startTime }),
    host,
    user: 'root',
    identityFile: files.userKey,
    knownHostsFile: files.knownHosts,
    sshConfigFile: files.sshConfig,
  };
  const publicKeys = await Promise.all(files.hostKeys.map((file) => readFile(`${file}.pub`, 'utf8')));
  await writeFile(files.knownHosts, knownHosts(host, record.port, publicKeys), { mode });
  await writeFile(files.sshConfig, sshConfig(record), { mode });
  await writeFile(files.port, String(record.port), { mode });
  await writeFile(`${files.record}.new`, `${JSON.stringify(record, null, 2)}\n`, { mode });
  await rename(`${files.record}.new`, files.record);
  return record;
}
