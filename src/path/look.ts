import type { PathNode } from './model';

/** How a node's state is shown; every state differs from the others in word, icon and shape, not in colour alone. */
export interface NodeLook {
  /** Also the CSS class behind `is-`. */
  readonly state: StateName;
  readonly word: string;
  /** Icon of Obsidian's set. */
  readonly icon: string;
  /** CSS variable of the state's colour. */
  readonly colour: string;
  /** Cytoscape's name. */
  readonly shape: 'round-rectangle' | 'cut-rectangle' | 'rectangle' | 'round-tag' | 'hexagon';
  readonly border: 'solid' | 'dashed' | 'dotted' | 'double';
}

export type StateName =
  | 'completed'
  | 'in-progress'
  | 'skipped'
  | 'planned'
  | 'stub'
  | 'draft'
  | 'ready'
  | 'verified'
  | 'retired'
  | 'map';

export const LOOKS: Readonly<Record<StateName, NodeLook>> = {
  completed: look('completed', 'Completed', 'circle-check', '--color-green', 'round-rectangle', 'double'),
  'in-progress': look('in-progress', 'In progress', 'circle-play', '--color-blue', 'round-tag', 'solid'),
  verified: look('verified', 'Verified', 'badge-check', '--color-cyan', 'round-rectangle', 'solid'),
  ready: look('ready', 'Ready', 'circle', '--interactive-accent', 'round-rectangle', 'solid'),
  draft: look('draft', 'Draft', 'pencil', '--color-yellow', 'rectangle', 'solid'),
  stub: look('stub', 'Stub', 'file', '--color-orange', 'rectangle', 'dotted'),
  planned: look('planned', 'Planned', 'circle-dashed', '--text-faint', 'cut-rectangle', 'dashed'),
  skipped: look('skipped', 'Skipped', 'skip-forward', '--text-faint', 'round-rectangle', 'dotted'),
  retired: look('retired', 'Retired', 'archive', '--text-faint', 'cut-rectangle', 'solid'),
  map: look('map', 'Map', 'map', '--color-purple', 'hexagon', 'solid'),
};

/** What the learner did comes before how far the writing is; a map leads to others and is never "done". */
export function lookOf(node: PathNode): NodeLook {
  if (node.kind === 'map' && node.note !== null) return LOOKS.map;
  if (node.learner !== 'not-started') return LOOKS[node.learner];
  return LOOKS[node.state];
}

function look(
  state: StateName,
  word: string,
  icon: string,
  colour: string,
  shape: NodeLook['shape'],
  border: NodeLook['border'],
): NodeLook {
  return { state, word, icon, colour, shape, border };
}
