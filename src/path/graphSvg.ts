import { readable } from '../markdown/readable';
import { NODE, type Echo, type Layout, type Point } from './layout';
import { lookOf, type NodeLook, type StateName } from './look';
import type { EdgeKind, PathEdge, PathNode } from './model';

const { width: WIDTH, height: HEIGHT } = NODE;
const CUT = 10;
const PADDING = 24;
const LINE_LENGTH = 27;
const LINES = 2;

const COLOURS: Readonly<Record<StateName, string>> = {
  completed: '#0a7d33',
  'in-progress': '#0b6bcb',
  verified: '#00747d',
  ready: '#6b4fd8',
  draft: '#8a6500',
  stub: '#b5500b',
  planned: '#6f6f6f',
  skipped: '#6f6f6f',
  retired: '#6f6f6f',
  map: '#8338b8',
};

const DASHES: Readonly<Record<NodeLook['border'], string>> = {
  solid: '',
  double: '',
  dashed: ' stroke-dasharray="6 4"',
  dotted: ' stroke-dasharray="2 3"',
};

const EDGES: Readonly<Record<Exclude<EdgeKind, 'member'>, string>> = {
  track: 'stroke="#888"',
  prerequisite: 'stroke="#b5500b" stroke-dasharray="6 4"',
  'see-also': 'stroke="#888" stroke-dasharray="2 4"',
  same: 'stroke="#8338b8" stroke-dasharray="1 3"',
};

export interface SvgInput {
  readonly nodes: readonly PathNode[];
  readonly edges: readonly PathEdge[];
  readonly layout: Layout;
  readonly title: string;
}

/** The path as a picture of its own: light, without scripts, every state told in words too. */
export function graphToSvg({ nodes, edges, layout, title }: SvgInput): string {
  const { positions, lanes, echoes } = layout;
  const titles = new Map(nodes.map(({ id, title: words }) => [id, words]));
  const [width, height] = [layout.width + 2 * PADDING, layout.height + 2 * PADDING];
  const lines = edges.flatMap((edge) => drawEdge(edge, positions));
  const boxes = lanes.map(
    ({ x, y, width: w, height: h, label }) =>
      `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="10" fill="#f3f3f5"/>` +
      `<text class="lane" x="${x + 14}" y="${y + 24}">${escape(readable(label))}</text>`,
  );
  const things = nodes.flatMap((node) => {
    const point = positions.get(node.id);
    return point ? [drawNode(node, point)] : [];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escape(title)}</title>`,
    '<style>text{font:13px system-ui,sans-serif;fill:#222}.lane{font-weight:600;fill:#555}.state{font-size:11px}.echo{fill:#777}</style>',
    '<defs><marker id="to" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z" fill="#888"/></marker></defs>',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<g transform="translate(${PADDING} ${PADDING})">`,
    ...boxes,
    ...echoes.map((echo) => drawEcho(echo, titles.get(echo.of) ?? '')),
    ...lines,
    ...things,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function drawEdge({ kind, from, to }: PathEdge, positions: ReadonlyMap<string, Point>): string[] {
  const [start, end] = [positions.get(from), positions.get(to)];
  // That a MOC holds an item is said by where the item stands.
  if (kind === 'member' || !start || !end) return [];
  const [a, b] = [border(start, end), border(end, start)];
  const arrow = kind === 'track' || kind === 'prerequisite' ? ' marker-end="url(#to)"' : '';
  return [
    `<line x1="${a.x}" y1="${a.y}" x2="${b.x}" y2="${b.y}" ${EDGES[kind]} stroke-width="1.5"${arrow}/>`,
  ];
}

/** Where the line to another point leaves a node's box. */
function border(of: Point, towards: Point): Point {
  const [dx, dy] = [towards.x - of.x, towards.y - of.y];
  const scale = Math.min(
    dx === 0 ? Infinity : WIDTH / 2 / Math.abs(dx),
    dy === 0 ? Infinity : HEIGHT / 2 / Math.abs(dy),
  );
  if (!Number.isFinite(scale)) return of;
  return { x: Math.round(of.x + dx * scale), y: Math.round(of.y + dy * scale) };
}

function drawNode(node: PathNode, { x, y }: Point): string {
  const look = lookOf(node);
  const colour = COLOURS[look.state];
  const lines = wrap(node.title);
  const top = y - ((lines.length - 1) * 16) / 2 - 4;
  const words = lines.map(
    (line, i) => `<text x="${x}" y="${top + i * 16}" text-anchor="middle">${escape(line)}</text>`,
  );
  const width = look.border === 'double' ? 4 : 1.5;
  return [
    `<g><title>${escape(`${node.title}: ${look.word}`)}</title>`,
    outline(
      look,
      x - WIDTH / 2,
      y - HEIGHT / 2,
      `fill="#fff" stroke="${colour}" stroke-width="${width}"${DASHES[look.border]}`,
    ),
    ...words,
    `<text class="state" x="${x}" y="${y + HEIGHT / 2 - 8}" text-anchor="middle" style="fill:${colour}">${look.word}</text></g>`,
  ].join('');
}

/** The name of a node that stands elsewhere, with an arrow to say so. */
function drawEcho({ x, y }: Echo, title: string): string {
  const lines = wrap(title);
  return lines
    .map(
      (line, i) =>
        `<text class="echo" x="${x}" y="${y + 4 + (i - (lines.length - 1) / 2) * 16}" text-anchor="middle">${i === 0 ? '↗ ' : ''}${escape(line)}</text>`,
    )
    .join('');
}

function outline({ shape }: NodeLook, x: number, y: number, paint: string): string {
  const [r, b] = [x + WIDTH, y + HEIGHT];
  const corners: Partial<Record<NodeLook['shape'], readonly (readonly [number, number])[]>> = {
    'cut-rectangle': [
      [x + CUT, y],
      [r - CUT, y],
      [r, y + CUT],
      [r, b - CUT],
      [r - CUT, b],
      [x + CUT, b],
      [x, b - CUT],
      [x, y + CUT],
    ],
    hexagon: [
      [x + 24, y],
      [r - 24, y],
      [r, y + HEIGHT / 2],
      [r - 24, b],
      [x + 24, b],
      [x, y + HEIGHT / 2],
    ],
    'round-tag': [
      [x, y],
      [r - 24, y],
      [r, y + HEIGHT / 2],
      [r - 24, b],
      [x, b],
    ],
  };
  const points = corners[shape];
  if (points) return `<polygon points="${points.map((point) => point.join(',')).join(' ')}" ${paint}/>`;
  return `<rect x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}" rx="${shape === 'rectangle' ? 0 : 8}" ${paint}/>`;
}

/** Words in lines that fit a node; what does not fit ends in an ellipsis. */
function wrap(title: string): string[] {
  const lines = [''];
  for (const word of title.split(/\s+/)) {
    const last = lines.at(-1) ?? '';
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= LINE_LENGTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const shown = lines
    .slice(0, LINES)
    .map((line) => (line.length > LINE_LENGTH ? `${line.slice(0, LINE_LENGTH - 1)}…` : line));
  return lines.length > LINES ? [...shown.slice(0, -1), `${shown.at(-1) ?? ''} …`] : shown;
}

/** Text as XML; control characters, most of which XML 1.0 forbids, are dropped. */
export function escape(text: string): string {
  return text
    .replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, '')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
