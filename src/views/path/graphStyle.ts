import { getIcon } from 'obsidian';
import type { StylesheetJson } from 'cytoscape';
import { NODE } from '../../path/layout';
import { LOOKS, type NodeLook, type StateName } from '../../path/look';
import { MARK_ICONS, type Mark } from '../../path/marks';
import type { ThemeColours } from './theme';

/** In the layout's pixels. */
const ICON = 16;
const PADDING = 12;
/** Where a node's words begin: behind the icon. */
const TEXT = PADDING + ICON + 10;
const MARK = 22;
const MARK_ICON = 13;
/** States that tint their node, by how much of the state's colour. */
const TINTS: Partial<Readonly<Record<StateName, number>>> = {
  completed: 0.14,
  'in-progress': 0.12,
  verified: 0.08,
  map: 0.08,
};
/** Pixels by which the points of a map's hexagon push its icon and words inwards. */
const HEXAGON = 14;
const MARKS: readonly (readonly [Mark, string])[] = [
  ['due', '--color-orange'],
  ['blocked', '--color-red'],
  ['locked', '--text-muted'],
];

/** The picture in the theme's colours. */
export function graphStyle(colours: ThemeColours, font: string): StylesheetJson {
  const text = colours.get('--text-normal');
  const muted = colours.get('--text-muted');
  const line = colours.get('--background-modifier-border-hover');
  return [
    {
      selector: 'node.lane',
      style: {
        shape: 'round-rectangle',
        'corner-radius': '10',
        width: 'data(width)',
        height: 'data(height)',
        'background-color': colours.get('--background-secondary'),
        'background-opacity': 1,
        'border-width': 0,
        events: 'no',
        'z-index': 0,
        'z-compound-depth': 'bottom',
      },
    },
    {
      selector: 'node.lane-label',
      style: {
        width: 1,
        height: 1,
        'background-opacity': 0,
        label: 'data(label)',
        color: muted,
        'font-family': font,
        'font-size': 14,
        'font-weight': 600,
        'text-halign': 'right',
        'text-valign': 'center',
        'text-wrap': 'ellipsis',
        'text-max-width': '400px',
        events: 'no',
        'z-index': 1,
      },
    },
    { selector: 'node.lane.is-section', style: { 'background-opacity': 0.55 } },
    {
      selector: 'node.thing',
      style: {
        width: NODE.width,
        height: NODE.height,
        'corner-radius': '8',
        'background-color': colours.get('--background-primary'),
        'border-width': 1.5,
        label: 'data(label)',
        color: text,
        'font-family': font,
        'font-size': 13,
        'line-height': 1.25,
        ...leftOf(NODE.width, TEXT, PADDING),
        'z-index': 2,
      },
    },
    ...Object.values(LOOKS).map((look) => ({
      selector: `node.thing.is-${look.state}`,
      style: {
        shape: look.shape,
        'border-style': look.border,
        'border-color': colours.get(look.colour),
        'background-color': colours.mix(look.colour, '--background-primary', TINTS[look.state] ?? 0),
        ...(look.border === 'double' ? { 'border-width': 4 } : {}),
        ...iconStyle(look, colours.get(look.colour)),
        ...(look.state === 'planned' || look.state === 'retired' || look.state === 'skipped'
          ? { color: muted }
          : {}),
      },
    })),
    {
      // The tag's point takes room at the right.
      selector: 'node.thing.is-in-progress',
      style: leftOf(NODE.width, TEXT, 40),
    },
    {
      selector: 'node.thing.is-map',
      style: {
        'font-weight': 600,
        'background-position-x': `${PADDING + HEXAGON}px`,
        ...leftOf(NODE.width, TEXT + HEXAGON, PADDING + HEXAGON),
      },
    },
    {
      selector: 'node.echo',
      style: {
        shape: 'round-rectangle',
        width: NODE.width,
        height: NODE.echo,
        'background-opacity': 0,
        'border-width': 0,
        label: 'data(label)',
        color: colours.get('--text-faint'),
        'font-family': font,
        'font-size': 12,
        'line-height': 1.25,
        ...leftOf(NODE.width, TEXT, PADDING),
        ...iconImage('arrow-up-right', colours.get('--text-faint'), 14),
        'z-index': 1,
      },
    },
    {
      selector: 'edge',
      style: {
        width: 1.5,
        'line-color': line,
        'target-arrow-color': line,
        'target-arrow-shape': 'triangle',
        'arrow-scale': 0.8,
        'curve-style': 'straight',
        'z-index': 1,
      },
    },
    {
      selector: 'edge.is-prerequisite',
      // Fainter than tracks, because there are many, across all lanes.
      style: {
        'line-style': 'dashed',
        'curve-style': 'unbundled-bezier',
        'control-point-distances': 40,
        opacity: 0.6,
      },
    },
    {
      selector: 'edge.is-see-also, edge.is-same',
      style: {
        'line-style': 'dotted',
        'target-arrow-shape': 'none',
        'curve-style': 'unbundled-bezier',
        'control-point-distances': -40,
      },
    },
    { selector: 'edge.is-same', style: { width: 2.5, 'line-color': colours.get('--color-purple') } },
    {
      selector: 'node.mark',
      style: {
        shape: 'ellipse',
        width: MARK,
        height: MARK,
        'background-color': colours.get('--background-primary'),
        'border-width': 1.5,
        events: 'no',
        'z-index': 3,
      },
    },
    ...MARKS.map(([mark, variable]) => ({
      selector: `node.mark.is-${mark}`,
      style: {
        'border-color': colours.get(variable),
        ...iconImage(MARK_ICONS[mark], colours.get(variable), MARK_ICON),
        'background-position-x': '50%',
      },
    })),
    {
      // Most of a path is locked at first: said, but not shouted.
      selector: 'node.mark.is-locked',
      style: { 'border-width': 0, opacity: 0.75 },
    },
    { selector: '.is-dimmed', style: { opacity: 0.18 } },
    // Behind what dims, before what one looks at.
    { selector: 'edge.is-quiet', style: { opacity: 0, events: 'no' } },
    {
      selector: 'edge.is-focused, edge.is-pointed',
      style: {
        opacity: 1,
        width: 2,
        'line-color': colours.get('--interactive-accent'),
        'target-arrow-color': colours.get('--interactive-accent'),
        'z-index': 2,
      },
    },
    {
      selector: 'node.thing.is-focused, node.thing.is-pointed',
      style: {
        'outline-width': 3,
        'outline-offset': 2,
        'outline-color': colours.get('--interactive-accent'),
      },
    },
    { selector: 'node.thing:active', style: { 'overlay-opacity': 0.06 } },
  ];
}

/**
 * Words that begin at one line, whatever their length: Cytoscape centres them in a node, so they are set to stand right
 * of it and drawn back into it.
 */
function leftOf(width: number, start: number, end: number) {
  return {
    'text-halign': 'right' as const,
    'text-valign': 'center' as const,
    'text-justification': 'left' as const,
    'text-wrap': 'wrap' as const,
    'text-max-width': `${width - start - end}px`,
    'text-margin-x': start - width,
  };
}

/** The state's icon at the left of the node, in the state's colour. */
function iconStyle(look: NodeLook, colour: string): Record<string, string | number> {
  return iconImage(look.icon, colour, ICON);
}

function iconImage(name: string, colour: string, size: number): Record<string, string | number> {
  const svg = getIcon(name);
  if (!svg) return {};
  svg.setAttribute('width', String(size * 2));
  svg.setAttribute('height', String(size * 2));
  svg.setAttribute('stroke', colour);
  svg.setAttribute('color', colour);
  const source = new XMLSerializer().serializeToString(svg);
  return {
    'background-image': `data:image/svg+xml;utf8,${encodeURIComponent(source)}`,
    'background-width': size,
    'background-height': size,
    'background-position-x': `${PADDING}px`,
    'background-position-y': '50%',
    'background-image-smoothing': 'yes',
  };
}
