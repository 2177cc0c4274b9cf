import { graphToJson, graphToMermaid, pathToHtml, pathToSvg } from '../path/graphExport';
import type { LearningPath } from '../path/model';
import { openVaultPath } from '../vault/openPath';
import type { Command } from './command';
import { UsageError } from './usage';
import { printProblems, readVaultArguments } from './vaultCommand';

const USAGE = 'labpath graph <vault> [--format json|mermaid|svg|html] [--json]';

const FORMATS: Readonly<Record<string, (path: LearningPath) => string>> = {
  json: (path) => `${JSON.stringify(graphToJson(path), null, 2)}\n`,
  mermaid: (path) => graphToMermaid(path),
  svg: (path) => pathToSvg(path),
  html: pathToHtml,
};

/** Writes the learning path as a graph for other programs. */
export const graphCommand: Command = {
  name: 'graph',
  summary: 'Write the learning path as a graph: JSON, Mermaid, SVG or a page',
  help: `${USAGE}

  --format json      Nodes with positions, edges and lanes (the default); --json says the same
  --format mermaid   A flowchart for a \`\`\`mermaid block
  --format svg       A picture
  --format html      A page with the picture and the same as lists; it loads nothing from anywhere

The exit status is 0 when the whole vault could be read.
`,
  async run(args, io) {
    const options = {
      format: { type: 'string', default: 'json' },
      json: { type: 'boolean', default: false },
    } as const;
    const { dir, values } = readVaultArguments(args, options, io, USAGE);
    const write = Object.hasOwn(FORMATS, values.format) ? FORMATS[values.format] : undefined;
    if (values.json && values.format !== 'json') {
      throw new UsageError(`--json and --format ${values.format} contradict each other.`, '', USAGE);
    }
    if (!write) throw new UsageError(`There is no format "${values.format}".`, '', USAGE);
    const { path, problems } = await openVaultPath(dir);
    io.out(write(path));
    printProblems(io, 'Not read', problems);
    return problems.length === 0 ? 0 : 1;
  },
};
