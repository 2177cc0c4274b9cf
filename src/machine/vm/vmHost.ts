import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { problem, ProblemError } from '../../base/problem';
import { machineFiles, type Environment } from '../folder';
import type { Guest, GuestHost } from '../guest';
import { hostsOf, type Node } from '../nodes';
import type { MachineOptions } from '../options';
import { sshFilesOf } from '../sandboxHost';
import { findAccelerator, type Accelerator } from './accelerator';
import { ensureImage } from './image';
import { startQemu, type Qemu } from './qemu';
import { seedOf } from './seed';
import { findVmTools } from './vmTools';

const host = '127.0.0.1';
/** An emulated boot takes a quarter of a minute on an idle computer; a busy one may need far more. */
const patienceMs = 900_000;
const pollMs = 250;

/**
 * Gets an image and ports for the nodes of a machine whose folders and keys exist.
 *
 * @throws ProblemError when something is missing, or the image cannot be built.
 */
export async function openVmHost(
  nodes: readonly Node[],
  options: MachineOptions,
  env: Environment,
  log: (text: string) => void,
  onProgress: (sentence: string) => void,
): Promise<GuestHost> {
  const tell = (sentence: string) => {
    log(`${sentence}\n`);
    onProgress(sentence);
  };
  const tools = await findVmTools(env);
  const qemu = tools['qemu-system-x86_64'];
  const image = await ensureImage(env, tell);
  const accelerator = await findAccelerator(qemu, image, env);
  const ports = await freePorts(nodes.length);
  return {
    kind: 'vm',
    ports,
    async boot() {
      tell(bootSentence(nodes.length, accelerator));
      const wires = await mkdtemp(path.join(os.tmpdir(), 'labpath-vm-'));
      const machines: Qemu[] = [];
      const stop = async () => {
        for (const machine of machines) machine.kill();
        await Promise.all(machines.map(({ ended }) => ended));
        await rm(wires, { recursive: true, force: true });
      };
      try {
        for (const [index, node] of nodes.entries()) {
          const port = ports[index] ?? 0;
          const segment = segmentArguments(nodes.length, index, wires);
          const seed = await writeSeed(nodes, node, options, env);
          machines.push(
            startQemu({
              tools: { qemu, setpriv: tools.setpriv },
              ...{ image, seed, accelerator, port, segment, log },
              ...{ limits: options.limits, internet: options.internet },
            }),
          );
          // The first opens the sockets that the others join.
          if (index === 0 && nodes.length > 1) await sleep(500);
        }
        const failed = Promise.race(machines.map(({ ended }) => ended)).then(() => false);
        const answered = Promise.all(ports.map((port) => answers(port))).then((all) => all.every(Boolean));
        if (!(await Promise.race([failed, answered]))) throw new ProblemError(noAnswer(env, nodes));
      } catch (error) {
        await stop();
        throw error;
      }
      return guestOf(machines, accelerator, stop);
    },
    close: () => undefined,
  };
}

function guestOf(machines: readonly Qemu[], accelerator: Accelerator, stop: () => Promise<void>): Guest {
  const pids = machines.map(({ pid }) => pid).join(', ');
  return {
    description: `virtual machines (${accelerator}) that are the processes ${pids}`,
    ended: Promise.race(machines.map(({ ended }) => ended)).then(stop),
    stop,
  };
}

function bootSentence(count: number, accelerator: Accelerator): string {
  const what = count === 1 ? 'the virtual machine' : `${count} virtual machines`;
  return accelerator === 'kvm'
    ? `Booting ${what} …`
    : `Booting ${what} without hardware virtualisation (KVM does not work here): it takes half a minute or more, and all in it runs several times slower …`;
}

/** A guest that is up says its name as soon as somebody connects; QEMU itself takes connections long before. */
async function answers(port: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const isUp = await new Promise<boolean>((resolve) => {
      const socket = connect(port, host);
      const end = (up: boolean) => {
        socket.destroy();
        resolve(up);
      };
      socket.setTimeout(5_000, () => end(false));
      socket.once('data', (data) => end(data.toString().startsWith('SSH-')));
      socket.once('error', () => end(false));
      socket.once('close', () => end(false));
    });
    if (isUp) return true;
    await sleep(pollMs);
  }
  return false;
}

function noAnswer(env: Environment, nodes: readonly Node[]) {
  return problem(
    'The virtual machine did not come up.',
    '',
    `What it said last is in ${machineFiles(nodes[0]?.machine ?? '', env).log}.`,
  );
}

/** The first node is the hub of the segment: a socket for each other node, in a folder only this user may enter. */
function segmentArguments(count: number, index: number, folder: string): readonly string[] {
  if (count === 1) return [];
  const card = (netdev: string) => `virtio-net-pci,netdev=${netdev},mac=52:54:00:00:01:0${index}`;
  const socket = (peer: number) => `addr.type=unix,addr.path=${path.join(folder, `node${peer}`)}`;
  if (index > 0)
    return ['-netdev', `stream,id=segment,server=off,${socket(index)}`, '-device', card('segment')];
  const peers = Array.from({ length: count - 1 }, (_, i) => i + 1);
  return [
    ...['-netdev', 'hubport,id=segment,hubid=1', '-device', card('segment')],
    ...peers.flatMap((peer) => [
      ...['-netdev', `stream,id=peer${peer},server=on,${socket(peer)}`],
      ...['-netdev', `hubport,id=port${peer},hubid=1,netdev=peer${peer}`],
    ]),
  ];
}

async function writeSeed(
  nodes: readonly Node[],
  node: Node,
  { internet }: MachineOptions,
  env: Environment,
): Promise<string> {
  const files = machineFiles(node.machine, env);
  const first = machineFiles(nodes[0]?.machine ?? '', env);
  const address = nodes.length > 1 ? node.address : '';
  const ssh = await sshFilesOf(files, first);
  const seed = seedOf({ name: node.machine, address, internet, hosts: hostsOf(nodes), ssh });
  await writeFile(files.seed, seed, { mode: 0o600 });
  return files.seed;
}

/** QEMU wants to be told its ports. They are held together for a moment, so that all differ. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports: number[] = [];
  for (const server of servers) {
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    const address = server.address();
    if (address !== null && typeof address !== 'string') ports.push(address.port);
  }
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
