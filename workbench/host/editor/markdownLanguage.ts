/** The grammar of a note: Markdown with tables and tasks, YAML at its head, and shell code coloured inside fences. */
import { markdown, markdownLanguage } from '@codemirror/lang-markdown';
import {
  LanguageDescription,
  LanguageSupport,
  StreamLanguage,
  syntaxHighlighting,
} from '@codemirror/language';
import { shell } from '@codemirror/legacy-modes/mode/shell';
import type { Extension } from '@codemirror/state';
import { tagHighlighter, tags } from '@lezer/highlight';
import type { BlockContext, Line, MarkdownConfig } from '@lezer/markdown';

/** Without it `---` would begin a rule, and the last property would be a heading. */
const frontmatter: MarkdownConfig = {
  defineNodes: [{ name: 'Frontmatter', block: true, style: tags.meta }],
  parseBlock: [
    {
      name: 'Frontmatter',
      before: 'HorizontalRule',
      parse(context: BlockContext, line: Line): boolean {
        if (context.lineStart !== 0 || !/^---[ \t]*$/.test(line.text)) return false;
        while (context.nextLine()) {
          if (!/^---[ \t]*$/.test(line.text)) continue;
          context.nextLine();
          context.addElement(context.elt('Frontmatter', 0, context.prevLineEnd()));
          return true;
        }
        context.addElement(context.elt('Frontmatter', 0, context.prevLineEnd()));
        return true;
      },
    },
  ],
};

const shellSupport = new LanguageSupport(StreamLanguage.define(shell));

/** Shell languages only: what the vault's cells are written in. */
const codeLanguages = [
  LanguageDescription.of({
    name: 'shell',
    alias: ['bash', 'sh', 'shell', 'zsh', 'shellscript', 'console'],
    support: shellSupport,
  }),
];

/** Class names as in the app's editor, so that themes and snippets find them. */
const classes = tagHighlighter([
  { tag: tags.heading1, class: 'cm-header cm-header-1' },
  { tag: tags.heading2, class: 'cm-header cm-header-2' },
  { tag: tags.heading3, class: 'cm-header cm-header-3' },
  { tag: tags.heading4, class: 'cm-header cm-header-4' },
  { tag: tags.heading5, class: 'cm-header cm-header-5' },
  { tag: tags.heading6, class: 'cm-header cm-header-6' },
  { tag: tags.strong, class: 'cm-strong' },
  { tag: tags.emphasis, class: 'cm-em' },
  { tag: tags.strikethrough, class: 'cm-strikethrough' },
  { tag: tags.link, class: 'cm-link' },
  { tag: tags.url, class: 'cm-url' },
  { tag: tags.monospace, class: 'cm-inline-code' },
  { tag: tags.processingInstruction, class: 'cm-formatting' },
  { tag: tags.meta, class: 'cm-hmd-frontmatter' },
  { tag: tags.keyword, class: 'cm-keyword' },
  { tag: tags.string, class: 'cm-string' },
  { tag: tags.comment, class: 'cm-comment' },
  { tag: tags.number, class: 'cm-number' },
  { tag: tags.operator, class: 'cm-operator' },
  { tag: tags.variableName, class: 'cm-variable' },
  { tag: tags.definition(tags.variableName), class: 'cm-def' },
  { tag: tags.standard(tags.variableName), class: 'cm-builtin' },
  { tag: tags.atom, class: 'cm-atom' },
  { tag: tags.attributeName, class: 'cm-attribute' },
]);

export function markdownLanguageExtension(): Extension {
  return [
    markdown({
      base: markdownLanguage,
      extensions: [frontmatter],
      codeLanguages: (info) =>
        LanguageDescription.matchLanguageName(codeLanguages, /^[\w-]*/.exec(info)?.[0] ?? ''),
    }),
    syntaxHighlighting(classes),
  ];
}
