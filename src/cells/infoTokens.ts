/** One piece of an info string behind the language. `braced` tells whether it stood in `{…}`. */
export type InfoToken =
  | {
      readonly kind: 'id' | 'class' | 'word' | 'mark' | 'broken';
      readonly text: string;
      readonly braced: boolean;
    }
  | { readonly kind: 'pair'; readonly key: string; readonly value: string | true; readonly braced: boolean };

const KEY = /[A-Za-z_][\w.:-]*/y;

/**
 * Splits what follows the language: `{ROLE #id .class key=value key="quoted"}`, the same without braces, Runme's JSON
 * `{"key":"value"}`, lists `key=['a','b']`, commas between items, and Killercoda's `{{exec}}` (kind `mark`).
 */
export function tokenizeInfo(text: string): InfoToken[] {
  const tokens: InfoToken[] = [];
  let at = 0;
  let braced = false;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (/[\s,]/.test(char)) {
      at++;
      continue;
    }
    const mark = /^\{\{([^{}]*)\}\}/.exec(text.slice(at));
    if (mark) {
      tokens.push({ kind: 'mark', text: (mark[1] ?? '').trim(), braced });
      at += mark[0].length;
      continue;
    }
    if (char === '{' && /^\{\s*"/.test(text.slice(at))) {
      const end = jsonEnd(text, at);
      tokens.push(...jsonTokens(text.slice(at, end)));
      at = end;
      continue;
    }
    if (char === '{' || char === '}') {
      braced = char === '{';
      at++;
      continue;
    }
    const { token, end } = readItem(text, at, braced);
    tokens.push(token);
    at = end;
  }
  return tokens;
}

function readItem(text: string, at: number, braced: boolean): { token: InfoToken; end: number } {
  KEY.lastIndex = at;
  const key = KEY.exec(text)?.[0];
  if (key !== undefined) {
    const equals = /\s*=\s*/y;
    equals.lastIndex = at + key.length;
    const sign = equals.exec(text);
    if (sign) {
      const { value, end, broken } = readValue(text, at + key.length + sign[0].length, braced);
      if (broken) return { token: { kind: 'broken', text: text.slice(at), braced }, end };
      return { token: { kind: 'pair', key, value, braced }, end };
    }
  }
  const word = readBare(text, at, braced);
  const end = at + Math.max(word.length, 1);
  const rest = word.replace(/,+$/, '');
  if (rest.startsWith('#')) return { token: { kind: 'id', text: rest.slice(1), braced }, end };
  if (rest.startsWith('.')) return { token: { kind: 'class', text: rest.slice(1), braced }, end };
  return { token: { kind: 'word', text: rest, braced }, end };
}

function readValue(
  text: string,
  at: number,
  braced: boolean,
): { value: string; end: number; broken: boolean } {
  const quote = text[at];
  if (quote === '"' || quote === "'") {
    const quoted = new RegExp(`${quote}((?:\\\\.|[^\\\\${quote}])*)${quote}`, 'y');
    quoted.lastIndex = at;
    const match = quoted.exec(text);
    if (!match) return { value: '', end: text.length, broken: true };
    return {
      value: (match[1] ?? '').replace(/\\(["'\\])/g, '$1'),
      end: at + match[0].length,
      broken: false,
    };
  }
  if (quote === '[') {
    const close = text.indexOf(']', at);
    if (close === -1) return { value: '', end: text.length, broken: true };
    const items = text
      .slice(at + 1, close)
      .split(',')
      .map((item) => item.trim().replace(/^(["'])(.*)\1$/, '$2'));
    return { value: items.filter((item) => item !== '').join(','), end: close + 1, broken: false };
  }
  const bare = readBare(text, at, braced);
  return { value: bare.replace(/,+$/, ''), end: at + bare.length, broken: false };
}

function readBare(text: string, at: number, braced: boolean): string {
  const bare = braced ? /[^\s}]*/y : /[^\s{}]*/y;
  bare.lastIndex = at;
  return bare.exec(text)?.[0] ?? '';
}

/** Where the JSON object that opens at `at` ends: braces and quotes inside its texts do not count. */
function jsonEnd(text: string, at: number): number {
  let depth = 0;
  let quoted = false;
  for (let i = at; i < text.length; i++) {
    const char = text[i];
    if (quoted) {
      if (char === '\\') i++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return i + 1;
  }
  return text.length;
}

function jsonTokens(json: string): InfoToken[] {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch {
    return [{ kind: 'broken', text: json, braced: true }];
  }
  return Object.entries(data ?? {}).map(([key, value]: [string, unknown]) => ({
    kind: 'pair',
    key,
    value: jsonValue(value),
    braced: true,
  }));
}

function jsonValue(value: unknown): string | true {
  if (value === true || typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(String).join(',');
  return JSON.stringify(value);
}
