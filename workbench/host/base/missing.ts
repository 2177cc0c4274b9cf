/** What the real app has and the workbench does not imitate: using it is an error that names it. */

class NotImitatedError extends Error {
  constructor(readonly member: string) {
    super(
      `The workbench does not imitate ${member}. It exists in Obsidian: add it to workbench/host, or test it in the real app.`,
    );
    this.name = 'NotImitatedError';
  }
}

export function notImitated(member: string): never {
  throw new NotImitatedError(member);
}

/** Read by JavaScript itself and by tools that print or await a value, never by a plugin asking for a feature. */
const askedByTheLanguage = new Set([
  'then',
  'toJSON',
  'constructor',
  'nodeType',
  'asymmetricMatch',
  'inspect',
]);

/**
 * `target`, but reading a member that it does not have throws and names it. A plugin that uses something
 * undocumented, misspelled or newer than the workbench then fails in its first test instead of going on with
 * `undefined`.
 */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key): unknown {
      if (typeof key === 'symbol' || key in object || askedByTheLanguage.has(key)) {
        return Reflect.get(object, key);
      }
      throw new NotImitatedError(`${name}.${key}`);
    },
  });
}
