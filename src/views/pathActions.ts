import { Notice, type App } from 'obsidian';
import { asProblem, describeProblem } from '../base/problem';
import { editBetween } from '../base/textEdit';
import { addAlias } from '../path/addAlias';
import { noteTitle } from '../path/fold';
import { editNote } from './noteEdit';
import type { PathActions } from './path/actions';
import type { LearnedBook } from './path/learnedBook';
import type { StubMaker } from './stubs/stubMaker';

/** What chips, cards, menus and lists do, in the app. */
export function pathActions(app: App, stubs: StubMaker, learned: LearnedBook): PathActions {
  return {
    open: ({ note }, source, newPane) => {
      if (note !== null) void app.workspace.openLinkText(note, source, newPane);
    },
    linkTo: (note) => {
      const file = app.vault.getFileByPath(note);
      return file ? app.fileManager.generateMarkdownLink(file, '') : `[[${note}]]`;
    },
    create: (node) => stubs.report(stubs.createOne(node)),
    setState: ({ facts }, state) => {
      if (facts) void learned.set(facts, state);
    },
    acceptSame: (first, second) => {
      if (first.note === null) stubs.report(stubs.createOne(first, [second]));
      else void giveAlias(app, first.note, second.title);
    },
  };
}

async function giveAlias(app: App, note: string, alias: string): Promise<void> {
  try {
    if (await editNote(app, note, (text) => editBetween(text, addAlias(text, alias))))
      new Notice(`“${alias}” is now another name of “${noteTitle(note)}”.`);
  } catch (error) {
    new Notice(describeProblem(asProblem(error, `The alias could not be added to ${note}.`)), 0);
  }
}
