import { defaultMachine } from '../machine/folder';
import { recipes } from '../machine/recipes/recipes';
import type { Command, Io } from './command';
import { ssh } from './lab/enter';
import { USAGE } from './lab/labOptions';
import { down, list, reset, status, up } from './lab/life';
import { adoptCommand, image, recipe } from './lab/own';
import { serve } from './lab/serve';
import { UsageError } from './usage';

const help = `Usage: labpath lab up [--vm [--internet]] [--nodes N] [LIMITS] [--name NAME] [--json]
       labpath lab status|reset|down [--name NAME] [--json]
       labpath lab list [--json]
       labpath lab ssh [--name NAME] [--] [COMMAND…]
       labpath lab adopt HOST [--prepare] [--name NAME] [--json]
       labpath lab recipe NAME [--key FILE] [--learners N]
       labpath lab image [--remove]

The lab machine: a throw-away Linux on this computer with an OpenSSH server on a loopback port.
Needs Linux; works as root and as an ordinary user.

  up       Start it, and return once a login has worked. A running machine is left alone.
           Without --vm it is a sandbox of namespaces (a second); with --vm it is a virtual
           machine with a kernel of its own (the first time some minutes, to build its image).
  status   Say whether it runs and how to reach it. Exit status 1 when it does not run.
  list     All that run or were adopted, by their names.
  reset    A fresh machine behind the same port and keys.
  down     Stop it with everything that runs in it, and remove its files.
  ssh      Log in, or run a command there.
  adopt    Make a host of yours (user@host, user@host:port or an ssh alias) the lab machine;
           --prepare installs there what the labs call.
  recipe   Print the recipe of a machine you start yourself:
${recipes.map(({ name, about }) => `             ${name.padEnd(12)}${about}\n`).join('')}  image    Say where images of virtual machines are kept, or remove them.

  --nodes N      Several on one network: ${defaultMachine}, node1, node2 …
  --internet     Let the virtual machine reach the networks of this computer.
  --memory 2G --disk 1G --processes 4096 --cpus 2
                 Limits of each node (disk and processes: sandboxes; cpus: virtual machines).
  --name NAME    Another machine than “${defaultMachine}”; several can run at once.
  --json         One JSON object instead of sentences.
`;

const actions: Readonly<Record<string, (args: readonly string[], io: Io) => Promise<number>>> = {
  up,
  status,
  list,
  reset,
  down,
  ssh,
  adopt: adoptCommand,
  recipe,
  image,
  serve,
};

export const lab: Command = {
  name: 'lab',
  summary: 'Start, show, reset, stop and enter the lab machine',
  help,
  async run([action, ...rest], io) {
    const run = action === undefined ? undefined : actions[action];
    if (run === undefined)
      throw new UsageError(
        action === undefined
          ? 'labpath lab needs to know what to do.'
          : `“${action}” is nothing labpath lab can do.`,
        '',
        USAGE,
      );
    return run(rest, io);
  },
};
