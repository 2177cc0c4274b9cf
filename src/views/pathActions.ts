import { Notice, type App } from 'obsidian';
import { asProblem, describeProblem } from '../base/problem';
import { aliasesOf } from '../path/readFacts';
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
    acceptSame: ({ note }, { title }) => {
      if (note !== null) void addAlias(app, note, title);
    },
  };
}

async function addAlias(app: App, note: string, alias: string): Promise<void> {
  const file = app.vault.getFileByPath(note);
  if (!file) return;
  try {
    await app.fileManager.processFrontMatter(file, (frontmatter: Record<string, unknown>) => {
      frontmatter['aliases'] = [...new Set([...aliasesOf(frontmatter), alias])];
    });
    new Notice(`“${alias}” is now another name of ${file.basename}.`);
  } catch (error) {
    new Notice(describeProblem(asProblem(error, `The alias could not be added to ${note}.`)), 0);
  }
}
