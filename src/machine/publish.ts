import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { machineFiles, type Environment, type MachineFiles } from './folder';
import type { Node } from './nodes';
import { processStartTime } from './processes';
import { knownHosts, sshConfig } from './sshFiles';
import type { MachineRecord } from './state';

const host = '127.0.0.1';
const mode = 0o600;

export interface Publication extends Pick<MachineRecord, 'kind' | 'internet' | 'startedAt' | 'bootedAt'> {
  readonly nodes: readonly Node[];
  /** In the order of the nodes. */
  readonly ports: readonly number[];
}

/**
 * Writes, for every node, what ssh needs to reach it and, last and at once, the record that says it runs. The ssh config
 * of the first names them all. Gives the record of the first.
 */
export async function publish(publication: Publication, env: Environment): Promise<MachineRecord> {
  const { nodes, ports, kind, internet, startedAt, bootedAt } = publication;
  const startTime = await processStartTime(process.pid);
  const first = machineFiles(nodes[0]?.machine ?? '', env);
  const records = nodes.map(({ machine }, index): MachineRecord => {
    const files = machineFiles(machine, env);
    return {
      name: machine,
      kind,
      pid: process.pid,
      ...(startTime === null ? {} : { pidStartTime: startTime }),
      host,
      port: ports[index] ?? 0,
      user: 'root',
      identityFile: first.userKey,
      knownHostsFile: files.knownHosts,
      sshConfigFile: files.sshConfig,
      internet,
      startedAt,
      bootedAt,
      nodes: nodes.map(({ node, machine: name }) => ({ node, machine: name })),
    };
  });
  const configs = records.map(sshConfig);
  // The first goes last: whoever finds it finds all of them.
  for (const [index, record] of [...records.entries()].reverse()) {
    const files = machineFiles(record.name, env);
    await writeFile(files.knownHosts, await hostKeyLines(files, record.port), { mode });
    const config = index === 0 ? configs.join('\n') : (configs[index] ?? '');
    await writeFile(files.sshConfig, config, { mode });
    await writeFile(files.port, String(record.port), { mode });
    await writeFile(`${files.record}.new`, `${JSON.stringify(record, null, 2)}\n`, { mode });
    await rename(`${files.record}.new`, files.record);
  }
  const [record] = records;
  if (record === undefined) throw new RangeError('A machine has at least one node.');
  return record;
}

/** Takes the records away again, the first one first. */
export async function withdraw(nodes: readonly Node[], env: Environment): Promise<void> {
  for (const { machine } of nodes) await rm(machineFiles(machine, env).record, { force: true });
}

async function hostKeyLines(files: MachineFiles, port: number): Promise<string> {
  const publicKeys = await Promise.all(files.hostKeys.map((file) => readFile(`${file}.pub`, 'utf8')));
  return knownHosts(host, port, publicKeys);
}
