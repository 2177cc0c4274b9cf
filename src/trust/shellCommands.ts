/** One simple command of bash source, as far as it can be read without running it. */
export interface ShellCommand {
  /** 1-based line it starts on. */
  readonly line: number;
  /** Words with their quotes taken off; expansions (`$x`) stay as written. The first is the program. */
  readonly words: readonly string[];
  /** Targets of `>`, `>>`, `>|` and `&>`. */
  readonly writesTo: readonly string[];
  /** Bodies of its here-documents, and its here-strings. */
  readonly documents: readonly string[];
}

interface Draft {
  line: number;
  words: string[];
  writesTo: string[];
  documents: string[];
}

/** Deeper nesting than anyone writes is not followed, so that no source can exhaust the stack. */
const DEEPEST = 50;

/**
 * The simple commands of a source in order, those inside `$(…)`, backquotes and subshells among them. Comments and
 * quoted text are no commands. It never fails: of source that bash could not parse it reads what it can.
 */
export function shellCommands(source: string): ShellCommand[] {
  const reader = new Reader(source);
  reader.commands();
  return reader.found.filter(({ words, writesTo }) => words.length > 0 || writesTo.length > 0);
}

class Reader {
  readonly found: Draft[] = [];
  private at = 0;
  private line = 1;
  private depth = 0;
  private command: Draft = fresh(1);
  private word: string | null = null;
  /** What the next word is, if not one of the command's own. */
  private redirects: 'no' | 'to a file' | 'here-string' = 'no';
  private heredocs: { readonly end: string; readonly tabs: boolean; readonly of: Draft }[] = [];

  constructor(private readonly source: string) {}

  commands(until = ''): void {
    const outer = { command: this.command, word: this.word, redirects: this.redirects };
    this.command = fresh(this.line);
    this.word = null;
    this.redirects = 'no';
    this.depth++;
    while (this.at < this.source.length) {
      const char = this.next();
      if (char === until) break;
      this.step(char);
    }
    this.endCommand();
    this.depth--;
    ({ command: this.command, word: this.word, redirects: this.redirects } = outer);
  }

  private step(char: string): void {
    if (char === '\\') this.escaped();
    else if (char === "'") this.add(this.upTo("'"));
    else if (char === '"') this.doubleQuotes();
    else if (char === '`') this.nested('`');
    else if (char === '$') this.dollar();
    else if (char === '#' && this.word === null) this.skipLine();
    else if (char === '\n') {
      this.endCommand();
      this.readHeredocs();
    } else if (char === ' ' || char === '\t' || char === '\r') this.endWord();
    else if (char === '<') this.lessThan();
    else if (char === '>') this.greaterThan();
    else if (char === '&' && this.source[this.at] === '>') this.endWord();
    else if (';&|()'.includes(char)) this.endCommand();
    else this.add(char);
  }

  private next(): string {
    const char = this.source[this.at++] ?? '';
    if (char === '\n') this.line++;
    return char;
  }

  private add(text: string): void {
    this.word = (this.word ?? '') + text;
  }

  private escaped(): void {
    const char = this.next();
    if (char !== '\n') this.add(char);
  }

  private upTo(mark: string): string {
    let text = '';
    while (this.at < this.source.length) {
      const char = this.next();
      if (char === mark) break;
      text += char;
    }
    return text;
  }

  private doubleQuotes(): void {
    this.add('');
    while (this.at < this.source.length) {
      const char = this.next();
      if (char === '"') return;
      if (char === '\\') this.escaped();
      else if (char === '`') this.nested('`');
      else if (char === '$') this.dollar();
      else this.add(char);
    }
  }

  private dollar(): void {
    const char = this.source[this.at];
    if (char === '(') {
      this.at++;
      this.nested(')');
    } else if (char === '{') {
      this.at++;
      this.add('${' + this.upTo('}') + '}');
    } else if (char === "'" && this.word === null) {
      this.at++;
      this.add(this.ansi());
    } else this.add('$');
  }

  /** `$'…'`: enough of its escapes that a command cannot hide in them. */
  private ansi(): string {
    let text = '';
    while (this.at < this.source.length) {
      const char = this.next();
      if (char === "'") break;
      text += char === '\\' ? char + this.next() : char;
    }
    return text
      .replace(/\\x([0-9a-f]{1,2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
      .replace(/\\([0-7]{1,3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8)))
      .replace(/\\(.)/g, '$1');
  }

  private nested(until: string): void {
    this.add('$(…)');
    if (this.depth >= DEEPEST) this.upTo(until);
    else this.commands(until);
  }

  private lessThan(): void {
    const rest = this.source.slice(this.at, this.at + 200);
    const heredoc = /^<(-?)[ \t]*(?!<)((?:\\.|'[^']*'|"[^"]*"|[^\s;&|<>()'"\\])+)/.exec(rest);
    this.endWord();
    if (rest.startsWith('<<')) {
      this.at += 2;
      this.redirects = 'here-string';
    } else if (heredoc) {
      this.at += heredoc[0].length;
      const end = (heredoc[2] ?? '').replace(/['"\\]/g, '');
      this.heredocs.push({ end, tabs: heredoc[1] === '-', of: this.command });
    } else if (rest.startsWith('(')) {
      this.at++;
      this.nested(')');
    }
  }

  private greaterThan(): void {
    // `2>`: the number in front is no word.
    if (/^\d*$/.test(this.word ?? '')) this.word = null;
    this.endWord();
    if (this.source[this.at] === '(') {
      this.at++;
      this.nested(')');
      return;
    }
    while (/[>|&]/.test(this.source[this.at] ?? '')) this.at++;
    this.redirects = 'to a file';
  }

  private skipLine(): void {
    while (this.at < this.source.length && this.source[this.at] !== '\n') this.at++;
  }

  private endWord(): void {
    if (this.word === null) return;
    if (this.command.words.length === 0 && this.command.writesTo.length === 0) this.command.line = this.line;
    if (this.redirects === 'to a file') this.command.writesTo.push(this.word);
    else if (this.redirects === 'here-string') this.command.documents.push(this.word);
    else this.command.words.push(this.word);
    this.redirects = 'no';
    this.word = null;
  }

  private endCommand(): void {
    // A line end was just read: the word before it stood on the line before.
    const ended = this.source[this.at - 1] === '\n' ? 1 : 0;
    this.line -= ended;
    this.endWord();
    this.line += ended;
    this.found.push(this.command);
    this.command = fresh(this.line);
  }

  private readHeredocs(): void {
    for (const { end, tabs, of } of this.heredocs.splice(0)) {
      const lines: string[] = [];
      while (this.at < this.source.length) {
        const line = this.upTo('\n');
        if ((tabs ? line.replace(/^\t+/, '') : line) === end) break;
        lines.push(line);
      }
      of.documents.push(lines.join('\n'));
    }
  }
}

function fresh(line: number): Draft {
  return { line, words: [], writesTo: [], documents: [] };
}
