import { Menu } from 'obsidian';
import type { LearningPath, PathNode } from '../../path/model';
import type { LearnerState } from '../../path/progressRecord';
import type { PathActions } from './actions';

const STATES: readonly (readonly [LearnerState, string, string])[] = [
  ['in-progress', 'Mark as in progress', 'circle-play'],
  ['completed', 'Mark as completed', 'circle-check'],
  ['skipped', 'Skip', 'skip-forward'],
  ['not-started', 'Mark as not started', 'rotate-ccw'],
];

/** All that can be done with a node, as a menu. `source` is the MOC it was asked from. */
export function nodeMenu(path: LearningPath, node: PathNode, source: string, actions: PathActions): Menu {
  const menu = new Menu();
  const add = (title: string, icon: string, act: () => void): void => {
    menu.addItem((item) => item.setTitle(title).setIcon(icon).onClick(act));
  };
  if (node.note === null) {
    add('Create note', 'file-plus', () => actions.create(node));
  } else {
    add('Open note', 'file', () => actions.open(node, source, false));
    add('Open in new tab', 'file-plus', () => actions.open(node, source, true));
    if (node.kind !== 'map') {
      menu.addSeparator();
      for (const [state, title, icon] of STATES) {
        if (state !== node.learner) add(title, icon, () => actions.setState(node, state));
      }
    }
  }
  addSame(menu, path, node, actions);
  return menu;
}

/** Of two that may be one, the one with a note keeps it; of two without, the one asked for gives its name. */
function addSame(menu: Menu, path: LearningPath, node: PathNode, actions: PathActions): void {
  const others = path.sameAs(node);
  if (others.length > 0) menu.addSeparator();
  for (const other of others) {
    const [first, second] = other.note === null ? [node, other] : [other, node];
    menu.addItem((item) =>
      item
        .setTitle(first.note === null ? `Create one note with “${other.title}”` : `Same as “${other.title}”`)
        .setIcon('git-branch')
        .onClick(() => actions.acceptSame(first, second)),
    );
  }
}
