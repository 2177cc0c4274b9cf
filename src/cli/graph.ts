import { graphToJson, graphToMermaid } from '../path/graphExport';
import { openVaultPath } from '../vault/openPath';
import type { Command } from './command';
import { UsageError } from './usage';
import { printProblems, readVaultArguments } from './vaultCommand';

const USAGE = 'labpath graph <vault> [--format json|mermaid]';

/** Writes the learning path as a graph for other programs. */
export const graphCommand: Command = {
  name: 'graph',
  summary: 'Write the learning path as a graph, as JSON or Mermaid',
  help: `${USAGE}

  --format json      Nodes with positions, edges and lanes (the default)
  --format mermaid   A flowchart for a \`\`\`mermaid block

The exit status is 0 when the whole vault could be read.
`,
  async run(args, io) {
    const { dir, values } = readVaultArguments(
      args,
      { format: { type: 'string', default: 'json' } },
      io,
      USAGE,
    );
    const { format } = values;
    if (format !== 'json' && format !== 'mermaid') {
      throw new UsageError(`There is no format "${format}".`, '', USAGE);
    }
    const { path, problems } = await openVaultPath(dir);
    io.out(format === 'json' ? `${JSON.stringify(graphToJson(path), null, 2)}\n` : graphToMermaid(path));
    printProblems(io, 'Not read', problems);
    return problems.length === 0 ? 0 : 1;
  },
};
