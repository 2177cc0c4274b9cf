import type { ShellCommand } from './shellCommands';

/** Names of variables → all values the source gives them, or null where one of them only the run will tell. */
export type Variables = ReadonlyMap<string, readonly string[] | null>;

/** More values than these are not followed. */
const MOST_VALUES = 50;
const DECLARES = /^(local|export|readonly|declare|typeset)$/;
/** What the shell would still expand or take apart. */
const IS_OPEN = /[$`*?[{~\s]/;

/** The variables that a source sets by plain words: `x=/dev/sda`, `for x in a b`. */
export function variablesOf(commands: readonly ShellCommand[]): Variables {
  const variables = new Map<string, readonly string[] | null>();
  const add = (name: string, values: readonly string[]): void => {
    const known = variables.get(name);
    const all = [...(known ?? []), ...values];
    const isOpen = known === null || all.length > MOST_VALUES || values.some((value) => IS_OPEN.test(value));
    variables.set(name, isOpen ? null : all);
  };
  for (const { words } of commands) {
    const [first = '', name = '', third, ...values] = words;
    if (first === 'for' && third === 'in') add(name, values);
    // What is read from elsewhere may be anything.
    else if (/^(read|mapfile|readarray|printf)$/.test(first)) {
      for (const word of words.slice(1)) if (/^[A-Za-z_]\w*$/.test(word)) add(word, ['$']);
    } else {
      for (const word of DECLARES.test(first) ? words.slice(1) : words) {
        const [, variable, append, value = ''] = /^([A-Za-z_]\w*)(\+?)=(.*)$/s.exec(word) ?? [];
        if (variable === undefined) {
          if (!DECLARES.test(first)) break;
        } else add(variable, [append === '+' ? '$' : value]);
      }
    }
  }
  return variables;
}

/** Words with the known variables in them replaced, one word for each value. */
export function expanded(words: readonly string[], variables: Variables): readonly string[] {
  if (variables.size === 0) return words;
  return words.flatMap((word) => {
    const [whole, name = '', bare = ''] = /\$(?:\{(\w+)\}|(\w+))/.exec(word) ?? [];
    const values = variables.get(name || bare);
    return whole === undefined || !values ? [word] : values.map((value) => word.replace(whole, () => value));
  });
}
