import { getIcon, type IconName } from 'obsidian';
import type { StylesheetJson } from 'cytoscape';
import { LOOKS, type NodeLook } from '../../path/look';
import type { Mark } from '../../path/marks';
import type { ThemeColours } from './theme';

/** In the layout's pixels. A column is wider and a row higher than a node, so that lines have room. */
const NODE_WIDTH = 192;
const NODE_HEIGHT = 66;
const ICON = 16;
const PADDING = 12;
const MARK = 22;
const MARK_ICON = 13;
const MARKS: readonly (readonly [Mark, IconName, string])[] = [
  ['due', 'refresh-cw', '--color-orange'],
  ['blocked', 'ban', '--color-red'],
  ['locked', 'lock', '--text-muted'],
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
        width: NODE_WIDTH,
        height: NODE_HEIGHT,
        'corner-radius': '8',
        'background-color': colours.get('--background-primary'),
        'border-width': 1.5,
        label: 'data(label)',
        color: text,
        'font-family': font,
        'font-size': 13,
        'line-height': 1.25,
        'text-halign': 'center',
        'text-valign': 'center',
        'text-justification': 'left',
        'text-wrap': 'wrap',
        'text-max-width': `${NODE_WIDTH - ICON - 3 * PADDING}px`,
        'text-margin-x': (ICON + PADDING) / 2,
        'z-index': 2,
      },
    },
    ...Object.values(LOOKS).map((look) => ({
      selector: `node.thing.is-${look.state}`,
      style: {
        shape: look.shape,
        'border-style': look.border,
        'border-color': colours.get(look.colour),
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
      style: { 'text-margin-x': 0, 'text-max-width': '112px' },
    },
    {
      selector: 'node.thing.is-map',
      style: { 'font-weight': 600, 'text-max-width': '130px', 'background-position-x': '22px' },
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
      // Faint, because there are many, across all lanes; those of the note one looks at stand out (below).
      style: {
        'line-style': 'dashed',
        'curve-style': 'unbundled-bezier',
        'control-point-distances': 40,
        opacity: 0.3,
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
    ...MARKS.map(([mark, icon, variable]) => ({
      selector: `node.mark.is-${mark}`,
      style: {
        'border-color': colours.get(variable),
        ...iconImage(icon, colours.get(variable), MARK_ICON),
        'background-position-x': '50%',
      },
    })),
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
    { selector: '.is-dimmed', style: { opacity: 0.18 } },
    {
      selector: 'node.thing.is-focused',
      style: {
        'outline-width': 3,
        'outline-offset': 2,
        'outline-color': colours.get('--interactive-accent'),
      },
    },
    { selector: 'node.thing:active', style: { 'overlay-opacity': 0.06 } },
  ];
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
