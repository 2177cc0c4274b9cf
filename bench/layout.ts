/**
 * Our layout against simulated and layered ones of Cytoscape on the same paths: the time to place every node, and how
 * many of the nodes move when one is added. Run: `npm run bench -- layout`
 */
import { performance } from 'node:perf_hooks';
import cytoscape, { type LayoutOptions } from 'cytoscape';
import dagre from 'cytoscape-dagre';
import fcose from 'cytoscape-fcose';
import { parseMoc } from '../src/moc/parse';
import { layoutPath, type Point } from '../src/path/layout';
import { buildPath } from '../src/path/learningPath';
import type { LearningPath } from '../src/path/model';
import { optional } from './optional';
import { bigMoc } from './vaults';

cytoscape.use(dagre);
cytoscape.use(fcose);
// elkjs is under the EPL, hence no dependency of ours.
const elk = optional('cytoscape-elk') as ((core: typeof cytoscape) => void) | null;
if (elk !== null) cytoscape.use(elk);

const SIZES = [25, 300, 1_000, 3_000];
const RUNS = 3;
/** Pixels below which a node counts as not moved. */
const STILL = 1;

type Positions = ReadonlyMap<string, Point>;

function pathOf(rows: number): LearningPath {
  const facts = { path: 'M.md', title: 'M', aliases: [], frontmatter: { type: 'map' } };
  return buildPath({ mocs: [parseMoc(bigMoc(rows), 'M.md')], notes: [facts], learned: {} });
}

async function byCytoscape(path: LearningPath, options: LayoutOptions): Promise<Positions> {
  const cy = cytoscape({
    headless: true,
    styleEnabled: true,
    style: [{ selector: 'node', style: { width: 192, height: 66 } }],
    elements: [
      ...[...path.nodes.keys()].map((id) => ({ data: { id } })),
      ...path.edges.map(({ id, from, to }) => ({ data: { id, source: from, target: to } })),
    ],
  });
  const layout = cy.layout(options);
  // ELK answers later, the others at once.
  const stopped = layout.promiseOn('layoutstop');
  layout.run();
  await stopped;
  const positions = new Map(cy.nodes().map((node): [string, Point] => [node.id(), { ...node.position() }]));
  cy.destroy();
  return positions;
}

const layouts: Readonly<Record<string, (path: LearningPath) => Positions | Promise<Positions>>> = {
  labpath: (path) => layoutPath(path.mocs).positions,
  dagre: (path) => byCytoscape(path, { name: 'dagre', animate: false } as LayoutOptions),
  fcose: (path) => byCytoscape(path, { name: 'fcose', animate: false, randomize: false } as LayoutOptions),
  ...(elk === null
    ? {}
    : {
        elk: (path: LearningPath) =>
          byCytoscape(path, {
            name: 'elk',
            animate: false,
            elk: { algorithm: 'layered' },
          } as unknown as LayoutOptions),
      }),
};

function moved(before: Positions, after: Positions): number {
  return [...before].filter(([id, { x, y }]) => {
    const now = after.get(id);
    return now && Math.hypot(now.x - x, now.y - y) > STILL;
  }).length;
}

for (const size of SIZES) {
  const [before, after] = [pathOf(size), pathOf(size + 1)];
  for (const [name, place] of Object.entries(layouts)) {
    // Simulated layouts of thousands of nodes take minutes.
    if (name !== 'labpath' && size > 1_000) continue;
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const start = performance.now();
      await place(before);
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    process.stdout.write(
      `${size} nodes, ${name}: median ${(times[1] ?? 0).toFixed(1)} ms, ${moved(await place(before), await place(after))} moved on adding one\n`,
    );
  }
}
