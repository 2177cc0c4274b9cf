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

cytoscape.use(dagre);
cytoscape.use(fcose);

const SIZES = [25, 300, 1_000, 3_000];
const RUNS = 3;
/** Pixels below which a node counts as not moved. */
const STILL = 1;

type Positions = ReadonlyMap<string, Point>;

/** A MOC of so many rows: tracks of ten steps, then sections of twenty items. */
function pathOf(rows: number): LearningPath {
  const steps = Math.floor(rows / 2);
  const track = (i: number) =>
    i % 10 === 0 ? `\n### Track ${i / 10}\n\n1. Step ${i} (planned)` : `1. Step ${i} (planned)`;
  const item = (i: number) =>
    i % 20 === 0 ? `\n## Section ${i / 20}\n\n- Item ${i} (planned)` : `- Item ${i} (planned)`;
  const text = `---\ntype: map\n---\n\n## Learning Path\n${Array.from({ length: steps }, (_, i) => track(i)).join('\n')}\n${Array.from({ length: rows - steps }, (_, i) => item(i)).join('\n')}\n`;
  const facts = { path: 'M.md', title: 'M', aliases: [], frontmatter: { type: 'map' } };
  return buildPath({ mocs: [parseMoc(text, 'M.md')], notes: [facts], learned: {} });
}

function byCytoscape(path: LearningPath, layout: LayoutOptions): Positions {
  const cy = cytoscape({
    headless: true,
    styleEnabled: true,
    style: [{ selector: 'node', style: { width: 192, height: 66 } }],
    elements: [
      ...[...path.nodes.keys()].map((id) => ({ data: { id } })),
      ...path.edges.map(({ id, from, to }) => ({ data: { id, source: from, target: to } })),
    ],
  });
  cy.layout(layout).run();
  const positions = new Map(cy.nodes().map((node): [string, Point] => [node.id(), { ...node.position() }]));
  cy.destroy();
  return positions;
}

const layouts: Readonly<Record<string, (path: LearningPath) => Positions>> = {
  labpath: (path) => layoutPath(path.mocs).positions,
  dagre: (path) => byCytoscape(path, { name: 'dagre', animate: false } as LayoutOptions),
  fcose: (path) => byCytoscape(path, { name: 'fcose', animate: false, randomize: false } as LayoutOptions),
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
      place(before);
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    process.stdout.write(
      `${size} nodes, ${name}: median ${(times[1] ?? 0).toFixed(1)} ms, ${moved(place(before), place(after))} moved on adding one\n`,
    );
  }
}
