import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { asProblem, problem, ProblemError } from '../../base/problem';
import { adopt, prepareHost, readDestination } from '../../machine/adopt';
import { sshWords } from '../../machine/sshTarget';
import { keepCapabilities, probeHost } from '../../machine/capabilities';
import { recipeNamed, recipes } from '../../machine/recipes/recipes';
import { unmet } from '../../path/requirements';
import type { Capabilities } from '../../labs/capabilities';
import { imageCache, removeImages } from '../../machine/vm/image';
import { countOf } from '../../machine/limits';
import type { Io } from '../command';
import { readArguments, UsageError } from '../usage';
import { adoptOptions, nameOption, refuseMore, USAGE } from './labOptions';

/** What nearly every lab counts on. */
const basics = ['cap/net_admin', 'cap/sys_admin', 'kernel/veth', 'kernel/bridge', 'tool/ip', 'tool/iptables'];

/** Probes a host of the user, prepares it when that is wanted, and makes it the lab machine. */
export async function adoptCommand(args: readonly string[], io: Io): Promise<number> {
  const { name, json, host, prepare } = adoptOptions(args);
  const destination = readDestination(host);
  let found = await probeHost(sshWords(destination), io.env);
  const lacking = unmet(basics, found);
  if (prepare || (lacking.length > 0 && (await mayPrepare(lacking, destination, io)))) {
    await prepareHost(sshWords(destination), io.env, (text) => io.err(text));
    found = await probeHost(sshWords(destination), io.env);
  }
  await keepCapabilities(await adopt(name, destination, io.env), found, io.env);
  const still = unmet(basics, found);
  if (json) io.out(`${JSON.stringify({ name, destination, kernel: found.kernel, lacking: still })}\n`);
  else io.out(sentence(name, destination, found, still));
  return 0;
}

async function mayPrepare(lacking: readonly string[], destination: string, io: Io): Promise<boolean> {
  const question = `${destination} lacks ${lacking.join(', ')}. Install what the labs call there? [yes/no] `;
  const answer = (await io.ask?.(question)) ?? null;
  return answer !== null && /^y(es)?$/i.test(answer.trim());
}

function sentence(
  name: string,
  destination: string,
  { kernel }: Capabilities,
  lacking: readonly string[],
): string {
  const lacks =
    lacking.length === 0
      ? ''
      : `It lacks ${lacking.join(', ')}: labpath lab adopt ${destination}${nameOption(name)} --prepare installs what can be installed.\n`;
  return (
    `${destination} (${kernel}) is the lab machine “${name}” now.\n${lacks}` +
    'It is a host of yours: Labpath never resets it, and what a lab breaks there stays broken until its cleanup.\n'
  );
}

/** Prints the recipe of a machine that Labpath does not start itself. */
export async function recipe(args: readonly string[], io: Io): Promise<number> {
  const { positionals, values } = readArguments(
    args,
    { key: { type: 'string' }, learners: { type: 'string', default: '30' } },
    USAGE,
  );
  const [name, ...more] = positionals;
  refuseMore(more);
  if (name === undefined)
    throw new UsageError(
      'Name the recipe.',
      `There are: ${recipes.map((each) => each.name).join(', ')}.`,
      'labpath lab recipe NAME [--key FILE] [--learners N]',
    );
  const keys = values.key === undefined ? '' : await keyFile(path.resolve(io.cwd, values.key));
  io.out(recipeNamed(name).text({ keys, learners: countOf(values.learners, '--learners', 1, 9999) }));
  return 0;
}

async function keyFile(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new ProblemError(problem(`${file} cannot be read.`, asProblem(error, '').why));
  });
  // A private key in a file that is handed around would be the worst of mistakes.
  if (/PRIVATE KEY/.test(text))
    throw new ProblemError(problem(`${file} is a private key.`, '', `Name the public one: ${file}.pub`));
  return text;
}

/** `image` says where the images of virtual machines are kept; `image --remove` removes them. */
export async function image(args: readonly string[], io: Io): Promise<number> {
  const { positionals, values } = readArguments(args, { remove: { type: 'boolean', default: false } }, USAGE);
  refuseMore(positionals);
  if (!values.remove) io.out(`${imageCache(io.env)}\n`);
  else {
    const count = await removeImages(io.env);
    io.out(
      count === 0
        ? 'There was no image.\n'
        : 'The image is removed; the next virtual machine builds it anew.\n',
    );
  }
  return 0;
}
