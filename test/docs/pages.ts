/** The pages people read, and what can be taken out of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { scanFences, type Fence } from '../../src/markdown/fences';

export interface Page {
  /** From the project's folder. */
  readonly file: string;
  readonly text: string;
}

export const pages: readonly Page[] = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'workbench/README.md',
  'workbench/unknowns.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].map((file) => ({ file, text: readFileSync(file, 'utf8') }));

export interface PageFence extends Fence {
  readonly file: string;
  /** First word of the info string. */
  readonly lang: string;
}

export const fences: readonly PageFence[] = pages.flatMap(({ file, text }) =>
  scanFences(text).map((fence) => ({ ...fence, file, lang: /^\w*/.exec(fence.info)?.[0] ?? '' })),
);

/** The commands of a console fence: what stands behind its prompts. */
export function commandsOf({ body }: PageFence): string[] {
  return body.split('\n').flatMap((line) => /^\$ (.+)$/.exec(line)?.[1] ?? []);
}
