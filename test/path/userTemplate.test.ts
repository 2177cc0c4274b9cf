import { describe, expect, it } from 'vitest';
import { parseFrontmatter } from '../../src/markdown/frontmatter';
import { fillTemplate, templateFor } from '../../src/path/userTemplate';

const content = {
  title: 'What: "is" it?',
  kind: 'lab' as const,
  aliases: [],
  tags: [],
  uid: 'u-1',
  now: '2026-01-02T03:04:05Z',
  description: '',
  mocs: ['Map'],
  prerequisites: ['A', 'B|b'],
};

describe('a template of the user', () => {
  it('is chosen by section, then by kind, then as the stub of all', () => {
    const named = (...names: string[]) => names.map((name) => ({ name, text: '' }));
    const chosen = (names: string[]) => templateFor('debug', 'Faults', named(...names))?.name;
    expect(chosen(['Stub', 'Debug', 'faults'])).toBe('faults');
    expect(chosen(['Stub', 'Debug'])).toBe('Debug');
    expect(chosen(['Stub', 'Lab'])).toBe('Stub');
    expect(chosen(['Lab'])).toBeUndefined();
    expect(templateFor('lab', '', named('x'))).toBeNull();
  });

  it('keeps its properties valid whatever the title', () => {
    const text =
      '---\ntitle: {{title}}\nquoted: "{{title}}"\nup: {{moc}}\nprerequisites: {{prerequisites}}\npurpose: {{description}}\nlist:\n  - {{uid}}\n---\n';
    const { data, problem } = parseFrontmatter(fillTemplate(text, content, 'S'));
    expect(problem).toBeNull();
    expect(data).toEqual({
      title: content.title,
      quoted: content.title,
      up: '[[Map]]',
      prerequisites: ['[[A]]', '[[B|b]]'],
      purpose: null,
      list: ['u-1'],
    });
  });

  it('is filled in its words, and keeps what is not ours', () => {
    expect(
      fillTemplate('# {{ title }}\r\n{{prerequisites}} {{section}} {{date}} {{time}}', content, 'S'),
    ).toBe('# What: "is" it?\r\n[[A]], [[B|b]] S 2026-01-02 {{time}}');
  });
});
