import type { Attributes, Role } from './cell';
import { tokenizeInfo, type InfoToken } from './infoTokens';
import { ALIASES, isKnownKey, isRole, nearestKey } from './keys';
import { checkValues } from './options';

/** What an info string says. */
export interface FenceInfo {
  /** The info string as it was found. */
  readonly info: string;
  /** Lower case; `run-bash` is `bash`; empty when there is none. */
  readonly lang: string;
  readonly attributes: Attributes;
  readonly role: Role | null;
  readonly id: string | null;
  readonly name: string | null;
  /** Full sentences about keys and values that are not understood. They never keep a cell from running. */
  readonly warnings: readonly string[];
}

/**
 * Reads `bash {ROLE #id key=value key="quoted value" flag}` and the forms of Runme, pandoc, Killercoda, execute-code,
 * markdown-exec, knitr and Quarto.
 *
 * @param body the fence's code, for Quarto's `#| key: value` lines at its head
 * @param trailing what stands behind the closing fence (`{{exec}}`)
 */
export function parseInfo(info: string, body = '', trailing = ''): FenceInfo {
  const first = /^[^\s{]*/.exec(info)?.[0] ?? '';
  const reader = new InfoReader(first.toLowerCase().replace(/^run-(?=.)/, ''));
  for (const token of tokenizeInfo(info.slice(first.length))) reader.take(token);
  for (const token of quartoTokens(body)) reader.take(token);
  for (const token of tokenizeInfo(trailing)) reader.take(token);
  return { info, ...reader.result() };
}

class InfoReader {
  private readonly pairs = new Map<string, string | true>();
  private readonly warnings: string[] = [];
  private role: Role | null = null;
  private id: string | null = null;

  constructor(private lang: string) {}

  take(token: InfoToken): void {
    switch (token.kind) {
      case 'id':
        if (token.braced && token.text !== '') this.id ??= token.text;
        break;
      case 'class':
        // Pandoc writes the language as the first class: {.bash #id}.
        if (this.lang === '') this.lang = token.text.toLowerCase();
        break;
      case 'mark':
        this.takeMark(token.text);
        break;
      case 'word':
        // Outside braces a bare word is a title for some other tool.
        if (token.braced) this.takeWord(token.text);
        break;
      case 'pair':
        this.takePair(token.key, token.value, token.braced);
        break;
      case 'broken':
        this.warnings.push(`This part of the fence's first line cannot be read: \`${token.text}\`.`);
    }
  }

  result(): Omit<FenceInfo, 'info'> {
    if (this.pairs.has('file') && this.role !== 'file') {
      if (this.role !== null && this.role !== 'setup') {
        this.warnings.push(
          `A fence with \`file=\` is written with setup; the role \`${this.role}\` is not used.`,
        );
      }
      this.role = 'file';
    }
    const attributes: Attributes = Object.fromEntries(this.pairs);
    const name = this.pairs.get('name');
    return {
      lang: this.lang,
      attributes,
      role: this.role,
      id: this.id,
      name: typeof name === 'string' && name !== '' ? name : null,
      warnings: [...this.warnings, ...checkValues(attributes, this.role)],
    };
  }

  private takeMark(text: string): void {
    const [word = '', option] = text.split(/\s+/, 2);
    if (word === 'exec' || word === 'execute') this.pairs.set('exec', option ?? true);
    else if (word === 'copy') this.pairs.set('copy', true);
  }

  private takeWord(word: string): void {
    if (word === '' || /^[\d,-]+$/.test(word)) return; // {1,3-5}: lines to highlight
    if (isRole(word)) {
      if (this.role === null) this.role = word;
      else if (this.role !== word) {
        this.warnings.push(`A fence has one role: \`${this.role}\` is used, \`${word}\` is not.`);
      }
    } else if (isKnownKey(word)) this.takePair(word, true, true);
    else if (this.lang === '') {
      this.lang = word.toLowerCase(); // knitr: {bash}
    } else {
      this.pairs.set(word, true);
      this.warnUnknown(word, true);
    }
  }

  private takePair(key: string, value: string | true, braced: boolean): void {
    this.pairs.set(key, value);
    const alias = ALIASES[key];
    if (alias !== undefined && !this.pairs.has(alias)) this.pairs.set(alias, value);
    if (key === 'eval' && /^(false|no|off)$/i.test(String(value))) this.pairs.set('skip', true);
    if (key === 'id' && typeof value === 'string' && value !== '') this.id ??= value;
    // Outside braces a strange key belongs to another tool, unless it looks like a slip.
    if (!isKnownKey(key) && (braced || nearestKey(key, false) !== null))
      this.warnUnknown(key, value === true);
  }

  private warnUnknown(key: string, withRoles: boolean): void {
    const meant = nearestKey(key, withRoles);
    this.warnings.push(
      meant === null
        ? `\`${key}\` is not a known key and is not used.`
        : `\`${key}\` is not a known key and is not used; did you mean \`${meant}\`?`,
    );
  }
}

/** Quarto's options: comment lines `#| key: value` at the head of the code. */
function quartoTokens(body: string): InfoToken[] {
  const tokens: InfoToken[] = [];
  for (const line of body.split('\n')) {
    const match = /^#\|\s*([A-Za-z][\w-]*)\s*:\s*(.*?)\s*$/.exec(line);
    if (!match) break;
    const value = (match[2] ?? '').replace(/^(["'])(.*)\1$/, '$2');
    tokens.push({ kind: 'pair', key: match[1] ?? '', value: value === 'true' ? true : value, braced: false });
  }
  return tokens;
}
