import type { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Limits } from '../limits';
import { acceleratorArguments, type Accelerator } from './accelerator';
import type { VmImage } from './image';

export interface QemuOptions {
  /** Absolute paths. */
  readonly tools: { readonly qemu: string; readonly setpriv: string };
  readonly image: VmImage;
  /** The tar archive the guest unpacks as it boots. */
  readonly seed: string;
  readonly accelerator: Accelerator;
  readonly limits: Limits;
  /** On 127.0.0.1. */
  readonly port: number;
  readonly internet: boolean;
  /** Arguments that join its second network card to the other nodes; none for a machine of one node. */
  readonly segment: readonly string[];
  readonly log: (text: string) => void;
}

export interface Qemu {
  readonly pid: number;
  readonly ended: Promise<void>;
  kill(): void;
}

/**
 * Starts a virtual machine. What the guest writes goes to an overlay that QEMU makes and removes from the folder at once
 * (snapshot=on), so that nothing of it is left, however QEMU ends; and setpriv(1) lets the kernel end QEMU with its parent.
 */
export function startQemu(options: QemuOptions): Qemu {
  const { tools, image, log } = options;
  const child = spawn(
    tools.setpriv,
    ['--pdeathsig', 'SIGKILL', '--', tools.qemu, ...qemuArguments(options)],
    { cwd: '/', stdio: ['ignore', 'pipe', 'pipe'], env: { TMPDIR: image.disk.replace(/\/[^/]*$/, '') } },
  );
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => log(data.toString()));
  return {
    pid: child.pid ?? 0,
    ended: once(child, 'close').then(
      () => undefined,
      (error: unknown) => log(`${String(error)}\n`),
    ),
    kill: () => child.kill('SIGKILL'),
  };
}

/** The command line without the program. A comma in a file name is doubled, as QEMU's options want it. */
export function qemuArguments(options: Omit<QemuOptions, 'tools' | 'log'>): readonly string[] {
  const { image, seed, limits, port, internet, segment, accelerator } = options;
  const file = (name: string) => `file=${name.replaceAll(',', ',,')},format=raw,if=virtio`;
  const reach = internet ? '' : ',restrict=on';
  return [
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-machine', 'pc'],
    ...acceleratorArguments[accelerator],
    ...['-smp', String(limits.cpus), '-m', `${Math.floor(limits.memory / 2 ** 20)}M`],
    ...['-kernel', image.kernel, '-initrd', image.initrd],
    ...['-append', 'root=/dev/vda rw console=ttyS0 quiet net.ifnames=0 psi=1 mitigations=off panic=10'],
    ...['-drive', `${file(image.disk)},snapshot=on,cache=unsafe`],
    ...['-drive', `${file(seed)},readonly=on`],
    ...['-netdev', `user,id=uplink${reach},hostfwd=tcp:127.0.0.1:${port}-10.0.2.15:22`],
    ...['-device', 'virtio-net-pci,netdev=uplink,mac=52:54:00:00:00:01'],
    ...segment,
    ...['-device', 'virtio-rng-pci', '-serial', 'stdio'],
  ];
}
