import { readable } from '../markdown/readable';
import type { EdgeKind, LearningPath, PathMoc, PathRow } from './model';
import { edgesOfMocs } from './edges';
import { inReadingOrder, rootFirst } from './order';
import { escape, graphToSvg } from './graphSvg';
import { layoutPath } from './layout';
import { lookOf } from './look';

/** The path as plain nodes with positions and edges, for other programs. */
export function graphToJson(path: LearningPath) {
  const mocs = rootFirst(path);
  const { positions, lanes } = layoutPath(mocs);
  return {
    nodes: inReadingOrder({ mocs }).map(({ id, title, kind, note, state, learner, planned }) => ({
      id,
      title,
      kind,
      note,
      state,
      learner,
      planned,
      position: positions.get(id) ?? null,
    })),
    edges: path.edges,
    lanes,
  };
}

const ARROW: Readonly<Record<EdgeKind, string>> = {
  track: '-->',
  prerequisite: '-. requires .->',
  member: '---',
  'see-also': '-.-',
  same: '== same as? ==',
};

/** MOCs of a path as one SVG picture. */
export function pathToSvg(path: LearningPath, mocs: readonly PathMoc[] = rootFirst(path)): string {
  return graphToSvg({
    nodes: inReadingOrder({ mocs }),
    edges: edgesOfMocs(path, mocs),
    layout: layoutPath(mocs),
    title: mocs.map(({ title }) => title).join(', '),
  });
}

/** The path as one page for any browser: the picture, and the same as lists. It loads nothing from anywhere. */
export function pathToHtml(path: LearningPath): string {
  const lists = rootFirst(path).flatMap((moc) => [
    `<h2>${escape(moc.title)}</h2>`,
    `<p>${moc.progress.completed} of ${moc.progress.total} completed</p>`,
    ...moc.tracks.map((track) => htmlList('ol', track.title, track.steps)),
    ...moc.sections.map((section) => htmlList('ul', section.title, section.items)),
  ]);
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><title>Learning path</title>',
    '<style>body{font:16px system-ui,sans-serif;margin:2rem;color:#222;background:#fff}figure{margin:0;overflow:auto}small{color:#555}</style></head><body>',
    '<h1>Learning path</h1>',
    `<figure>${pathToSvg(path)}</figure>`,
    ...lists,
    '</body></html>',
    '',
  ].join('\n');
}

function htmlList(tag: 'ol' | 'ul', title: string, rows: readonly PathRow[]): string {
  const entries = rows.map(
    ({ row, node }) => `<li>${escape(row.title)} <small>${lookOf(node).word}</small></li>`,
  );
  return `<h3>${escape(readable(title))}</h3><${tag}>${entries.join('')}</${tag}>`;
}

/** The path as a Mermaid flowchart: one subgraph per track, then everything the tracks do not name. */
export function graphToMermaid(path: LearningPath, mocs: readonly PathMoc[] = rootFirst(path)): string {
  const shown = inReadingOrder({ mocs });
  const edges = edgesOfMocs(path, mocs);
  const names = new Map(shown.map(({ id }, i) => [id, `n${i}`]));
  const drawn = new Set<string>();
  const draw = (id: string): string[] => {
    const node = path.nodes.get(id);
    if (!node || drawn.has(id)) return [];
    drawn.add(id);
    return [`  ${names.get(id) ?? ''}["${label(node.title)}"]:::${node.state}`];
  };
  const tracks = mocs.flatMap((moc) => moc.tracks);
  const lines = tracks.flatMap((track, i) => [
    `  subgraph t${i}["${label(track.title)}"]`,
    ...track.steps.flatMap(({ node }) => draw(node.id)).map((line) => `  ${line}`),
    '  end',
  ]);
  const rest = shown.flatMap(({ id }) => draw(id));
  const arrows = edges
    .filter(({ from, to }) => names.has(from) && names.has(to))
    .map(({ from, to, kind }) => `  ${names.get(from) ?? ''} ${ARROW[kind]} ${names.get(to) ?? ''}`);
  return `${['flowchart LR', ...lines, ...rest, ...arrows].join('\n')}\n`;
}

/** Mermaid reads entities in labels, and nothing else protects quotes and brackets there. */
function label(text: string): string {
  return text.replace(/["#&<>[\]{}|\\`]/g, (character) => `#${character.charCodeAt(0)};`);
}
