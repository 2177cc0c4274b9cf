/** A placeholder in bash source: `<name>` or `{{name}}`. */
export interface Slot {
  readonly name: string;
  /** 0-based UTF-16 offsets, end exclusive. */
  readonly from: number;
  readonly to: number;
  /** Whether it stands inside double quotes. */
  readonly quoted: boolean;
}

/** `<pid>`, `<pod-name>`, `<pod name>`; a word directly behind it makes it a redirection (`<in>out`). */
const ANGLE = /<([A-Za-z][\w-]*(?: [A-Za-z][\w-]*)*)>(?![A-Za-z0-9_])/y;
const CURLY = /\{\{ *([A-Za-z][\w-]*) *\}\}/y;
/** Words of Go templates (`docker inspect -f "{{end}}"`), which are no names. */
const TEMPLATE_WORDS = new Set(['end', 'else', 'break', 'continue', 'range', 'with', 'if']);
const HEREDOC = /<<(-?)[ \t]*((?:\\.|'[^']*'|"[^"]*"|[^\s;&|<>()'"\\])+)/y;

/**
 * Every placeholder bash would otherwise misread or pass on as it is. Comments, here-documents, single quotes,
 * backquotes, `${…}` and arithmetic are left alone; `{{name}}` also counts inside double quotes, `<name>` does not,
 * since there it is mostly markup.
 */
export function findSlots(source: string): Slot[] {
  return new Scanner(source).scan();
}

/** Deeper nesting than anyone writes is not followed, so that no source can exhaust the stack. */
const DEEPEST = 100;

interface Heredoc {
  readonly delimiter: string;
  readonly tabs: boolean;
}

class Scanner {
  private at = 0;
  private depth = 0;
  private readonly slots: Slot[] = [];
  private heredocs: Heredoc[] = [];

  constructor(private readonly source: string) {}

  scan(): Slot[] {
    // A stray `)` (the arm of a `case`) ends `commands` early; what follows is commands again.
    while (this.at < this.source.length) {
      this.commands();
      this.at++;
    }
    return this.slots;
  }

  /** Unquoted text up to an unmatched `)`. */
  private commands(): void {
    while (this.at < this.source.length && this.source[this.at] !== ')')
      this.step(this.source[this.at] ?? '');
  }

  private step(char: string): void {
    if (char === '\\') this.at += 2;
    else if (char === "'") this.skipTo("'", 1);
    else if (char === '"') this.doubleQuotes();
    else if (char === '`') this.backquotes();
    else if (char === '$') this.dollar(false);
    else if (char === '#' && this.startsWord()) this.skipLine();
    else if (char === '\n') this.newline();
    else if (char === '<') this.lessThan();
    else if (char === '{' && this.slot(CURLY, false)) return;
    else if (this.startsWith('((')) this.arithmetic(2);
    else if (char === '(') this.nested(1);
    else this.at++;
  }

  private lessThan(): void {
    if (this.startsWith('<<<')) {
      this.at += 3;
      return;
    }
    HEREDOC.lastIndex = this.at;
    const heredoc = HEREDOC.exec(this.source);
    if (heredoc) {
      const delimiter = (heredoc[2] ?? '').replace(/\\(.)/g, '$1').replace(/['"]/g, '');
      this.heredocs.push({ delimiter, tabs: heredoc[1] === '-' });
      this.at += heredoc[0].length;
      return;
    }
    // 3<file: a number in front makes it a redirection.
    const redirection = /(?:^|[\s;&|(])\d+$/.test(this.source.slice(Math.max(0, this.at - 4), this.at));
    if (redirection || !this.slot(ANGLE, false)) this.at++;
  }

  private slot(pattern: RegExp, quoted: boolean): boolean {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.source);
    const name = match?.[1];
    if (!match || name === undefined || TEMPLATE_WORDS.has(name)) return false;
    this.slots.push({ name, from: this.at, to: this.at + match[0].length, quoted });
    this.at += match[0].length;
    return true;
  }

  private doubleQuotes(): void {
    this.at++;
    while (this.at < this.source.length && this.source[this.at] !== '"') {
      const char = this.source[this.at];
      if (char === '\\') this.at += 2;
      else if (char === '`') this.backquotes();
      else if (char === '$') this.dollar(true);
      else if (char !== '{' || !this.slot(CURLY, true)) this.at++;
    }
    this.at++;
  }

  private dollar(inQuotes: boolean): void {
    if (this.startsWith('$((')) this.arithmetic(3);
    else if (this.startsWith('$(')) this.nested(2);
    else if (this.startsWith('${')) this.parameter();
    else if (this.startsWith("$'") && !inQuotes) this.ansiQuotes();
    else this.at++;
  }

  private nested(opening: number): void {
    this.at += opening;
    if (this.depth >= DEEPEST) return;
    this.depth++;
    this.commands();
    this.depth--;
    this.at++;
  }

  /** `${name:-word}`: nothing in it is a placeholder, but its quotes and nested commands must be stepped over. */
  private parameter(): void {
    const before = this.slots.length;
    this.at += 2;
    if (this.depth >= DEEPEST) return;
    this.depth++;
    while (this.at < this.source.length && this.source[this.at] !== '}') {
      const char = this.source[this.at];
      if (char === '\\') this.at += 2;
      else if (char === "'") this.skipTo("'", 1);
      else if (char === '"') this.doubleQuotes();
      else if (char === '`') this.backquotes();
      else if (char === '$') this.dollar(true);
      else this.at++;
    }
    this.depth--;
    this.at++;
    this.slots.length = before;
  }

  private arithmetic(opening: number): void {
    this.at += opening;
    let depth = 2;
    while (this.at < this.source.length && depth > 0) {
      const char = this.source[this.at];
      if (char === '(') depth++;
      else if (char === ')') depth--;
      this.at++;
    }
  }

  private ansiQuotes(): void {
    this.at += 2;
    while (this.at < this.source.length && this.source[this.at] !== "'") {
      this.at += this.source[this.at] === '\\' ? 2 : 1;
    }
    this.at++;
  }

  private backquotes(): void {
    this.at++;
    while (this.at < this.source.length && this.source[this.at] !== '`') {
      this.at += this.source[this.at] === '\\' ? 2 : 1;
    }
    this.at++;
  }

  private newline(): void {
    this.at++;
    for (const { delimiter, tabs } of this.heredocs) {
      for (let found = false; !found && this.at < this.source.length;) {
        const line = this.readLine();
        found = (tabs ? line.replace(/^\t+/, '') : line) === delimiter;
      }
    }
    this.heredocs = [];
  }

  private readLine(): string {
    const end = this.source.indexOf('\n', this.at);
    const line = this.source.slice(this.at, end === -1 ? undefined : end);
    this.at = end === -1 ? this.source.length : end + 1;
    return line;
  }

  private skipLine(): void {
    const end = this.source.indexOf('\n', this.at);
    this.at = end === -1 ? this.source.length : end;
  }

  private skipTo(mark: string, opening: number): void {
    const end = this.source.indexOf(mark, this.at + opening);
    this.at = end === -1 ? this.source.length : end + 1;
  }

  private startsWord(): boolean {
    return this.at === 0 || /[\s;&|()]/.test(this.source[this.at - 1] ?? '');
  }

  private startsWith(text: string): boolean {
    return this.source.startsWith(text, this.at);
  }
}
