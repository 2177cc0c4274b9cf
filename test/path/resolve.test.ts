import { describe, expect, it } from 'vitest';
import { keyOfName, keysOfLink, LinkResolver } from '../../src/path/resolve';
import { facts } from './helpers';

const resolver = (...paths: string[]) =>
  new LinkResolver(facts(Object.fromEntries(paths.map((path) => [path, '']))));

describe("links resolve by Obsidian's rules", () => {
  const vault = resolver(
    'Foo.md',
    'a/Foo.md',
    'a/b/Foo.md',
    'Bar/Only.md',
    'x/Twin.md',
    'longer/Twin.md',
    'x/deep/Twin.md',
    'Node.js.md',
    'Caf\u00E9.md',
  );

  it.each([
    ['a name anywhere in the vault', 'Only', 'Foo.md', 'Bar/Only.md'],
    ['a name in any case', 'oNLY', 'Foo.md', 'Bar/Only.md'],
    ['a name with its extension', 'Only.md', 'Foo.md', 'Bar/Only.md'],
    ['a name with a dot', 'Node.js', 'Foo.md', 'Node.js.md'],
    ['composed and decomposed accents', 'Cafe\u0301', 'Foo.md', 'Caf\u00E9.md'],
    ['the exact vault path before all others', 'Foo', 'a/Here.md', 'Foo.md'],
    ['a vault path', 'a/Foo', 'Bar/Only.md', 'a/Foo.md'],
    ['the end of a path', 'b/Foo', 'Foo.md', 'a/b/Foo.md'],
    ['a path from the root', '/a/Foo', 'a/b/Here.md', 'a/Foo.md'],
    ['a path from the same folder', './Foo', 'a/b/Here.md', 'a/b/Foo.md'],
    ['a path from the folder above', '../Foo', 'a/b/Here.md', 'a/Foo.md'],
    ['a path from two folders above', '../../Foo', 'a/b/Here.md', 'Foo.md'],
    ['the shortest path among namesakes', 'Twin', 'Foo.md', 'x/Twin.md'],
    ['the own folder before a shorter path', 'Twin', 'x/deep/Here.md', 'x/deep/Twin.md'],
    ['what is below the own folder', 'Twin', 'longer/Here.md', 'longer/Twin.md'],
    ['a heading of a note', 'Only#Part', 'Foo.md', 'Bar/Only.md'],
    ['a block of a note', 'Only#^id', 'Foo.md', 'Bar/Only.md'],
    ['nothing but a heading: the note itself', '#Part', 'a/Foo.md', 'a/Foo.md'],
  ])('%s', (_, link, from, expected) => expect(vault.resolve(link, from)).toBe(expected));

  it.each([
    ['a name no note has', 'Nope', 'Foo.md'],
    ['a root path that is not exact', '/b/Foo', 'Foo.md'],
    ['a path whose folder is another', 'c/Only', 'Foo.md'],
    ['a path whose folder ends like another', 'ar/Only', 'Foo.md'],
    ['a relative path to nowhere', './Only', 'Foo.md'],
  ])('%s leads nowhere', (_, link, from) => expect(vault.resolve(link, from)).toBeNull());

  it('gives every match of an ambiguous link, and one of an exact path', () => {
    expect(vault.matches('Twin', 'Foo.md')).toEqual(['x/Twin.md', 'longer/Twin.md', 'x/deep/Twin.md']);
    expect(vault.matches('Foo', 'a/Here.md')).toEqual(['Foo.md']);
  });
});

describe('names', () => {
  const vault = new LinkResolver(
    facts({
      'one.md': '---\naliases: [Short, DEBUG - One]\ntitle: The first\n---\n',
      'two.md': '---\nalias: Second, Deux\n---\n',
      'Short.md': '',
      'x/The  first.md': '---\naliases: 7\n---\n',
    }),
  );

  it.each([
    ['a file name before an alias', 'short', 'Short.md'],
    ['a file name before a title, spaces folded', 'the first', 'x/The  first.md'],
    ['an alias', 'debug -  one', 'one.md'],
    ['the older alias key, with commas', 'Deux', 'two.md'],
    ['a number as alias', '7', 'x/The  first.md'],
  ])('find %s', (_, name, expected) => expect(vault.named(name)).toBe(expected));

  it('also serve links that Obsidian leaves unresolved', () => {
    expect(vault.resolve('Second#Part', 'one.md')).toBe('two.md');
    expect(vault.named('nobody')).toBeNull();
  });
});

describe('a vault that changes', () => {
  const note = (path: string, text = '') => facts({ [path]: text })[0];
  const change = (vault: LinkResolver, path: string, text = '') => {
    const changed = note(path, text);
    return changed ? vault.set(changed) : [];
  };

  it('is known as if it had been read anew', () => {
    const vault = resolver('a/Foo.md', 'Bar.md');
    change(vault, 'Foo.md');
    expect(vault.resolve('Foo', 'Bar.md')).toBe('Foo.md');
    vault.remove('Foo.md');
    expect(vault.resolve('Foo', 'Bar.md')).toBe('a/Foo.md');
    change(vault, 'Bar.md', '---\naliases: [Baz]\n---\n');
    expect(vault.named('baz')).toBe('Bar.md');
    change(vault, 'Bar.md');
    expect([vault.named('baz'), vault.named('bar')]).toEqual([null, 'Bar.md']);
  });

  it('tells which links may lead elsewhere, and none when only the text has changed', () => {
    const vault = resolver('a/Foo.md');
    expect(change(vault, 'a/Foo.md', '---\nstatus: draft\n---\n')).toEqual([]);
    const changed = change(vault, 'a/Foo.md', '---\naliases: [New]\n---\n');
    expect(changed).toEqual(expect.arrayContaining([keyOfName('new'), keyOfName('Foo')]));
    expect(vault.remove('a/Foo.md')).toEqual(expect.arrayContaining(keysOfLink('x/Foo#Part').slice(0, 1)));
  });
});
