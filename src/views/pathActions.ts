import type { App } from 'obsidian';
import type { PathActions } from './path/actions';
import type { LearnedBook } from './path/learnedBook';
import type { StubMaker } from './stubs/stubMaker';

/** What chips, cards and lists do, in the app. */
export function pathActions(app: App, stubs: StubMaker, learned: LearnedBook): PathActions {
  return {
    open: ({ note }, source, newPane) => {
      if (note !== null) void app.workspace.openLinkText(note, source, newPane);
    },
    create: (_moc, { node }) => stubs.report(stubs.createOne(node)),
    complete: ({ facts }, completed) => {
      if (facts) void learned.set(facts, completed ? 'completed' : 'not-started');
    },
  };
}
