import type { PackageFamily } from './distribution';
import { seedTools } from './seedTools';
import type { LabTool } from './tool';
import { usedTools } from './usedTools';

/** What a lab machine should have: the one source for the doctor and for everything that installs lab machines. */
export const labTools: readonly LabTool[] = [...seedTools, ...usedTools];

/** The packages that bring all of it, as far as a distribution has them, each once, in alphabetical order. */
export function labPackages(family: PackageFamily): readonly string[] {
  const names = labTools.flatMap(({ packages }) => packages[family]?.split(' ') ?? []);
  return [...new Set(names)].sort();
}
