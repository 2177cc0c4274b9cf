import { problem, ProblemError } from '../../base/problem';
import { cloudInit, incus, lima, multipass } from './cloud';
import { compose, dockerfile } from './container';
import { fleetConfig, kubernetes } from './kubernetes';
import type { RecipeOptions } from './options';
import { prepare } from './prepare';

export interface Recipe {
  readonly name: string;
  /** One line that says what it is for. */
  readonly about: string;
  readonly text: (options: RecipeOptions) => string;
}

/** Ways to a lab machine that Labpath does not start itself. All install the packages of the one list (`tools.ts`). */
export const recipes: readonly Recipe[] = [
  { name: 'prepare', about: 'a bash script for a Debian, Ubuntu, Fedora or Alpine host', text: prepare },
  { name: 'cloud-init', about: 'user-data for any cloud or hypervisor', text: cloudInit },
  { name: 'lima', about: 'a Lima template (macOS, Linux)', text: lima },
  { name: 'multipass', about: 'the commands for Multipass (Windows, macOS, Linux)', text: multipass },
  { name: 'incus', about: 'the commands for an Incus virtual machine', text: incus },
  { name: 'dockerfile', about: 'a Dockerfile for a container with sshd', text: dockerfile },
  { name: 'compose', about: 'a compose file that runs that container', text: compose },
  { name: 'kubernetes', about: 'a manifest with a machine for each learner', text: kubernetes },
  { name: 'fleet', about: 'the ssh_config that reaches those machines', text: fleetConfig },
];

/** @throws ProblemError for a name that no recipe has. */
export function recipeNamed(name: string): Recipe {
  const found = recipes.find((recipe) => recipe.name === name);
  if (found !== undefined) return found;
  throw new ProblemError(
    problem(
      `There is no recipe “${name}”.`,
      '',
      `There are: ${recipes.map((recipe) => recipe.name).join(', ')}.`,
    ),
  );
}
