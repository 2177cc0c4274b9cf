import { dump } from 'js-yaml';
import type { NoteKind } from '../moc/moc';

/** What a stub is made of. Links are linkpaths with an optional `|shown name`, without brackets. */
export interface StubContent {
  readonly title: string;
  readonly kind: NoteKind;
  readonly aliases: readonly string[];
  readonly tags: readonly string[];
  readonly uid: string;
  /** ISO 8601. */
  readonly now: string;
  readonly description: string;
  readonly mocs: readonly string[];
  readonly prerequisites: readonly string[];
}

/** The text of a stub: the frontmatter every note of such a vault has, and what its kind of note needs. */
export function renderStub(content: StubContent): string {
  const { kind } = content;
  const isLab = kind === 'lab' || kind === 'debug';
  return `${renderFrontmatter(content, isLab ? [['lab_env', 'sandbox']] : [])}\n${body(content)}`;
}

/** Keys in the order in which they stand in the notes of the vault, then `more`: pairs of key and YAML. */
export function renderFrontmatter(
  { kind, now, ...content }: StubContent,
  more: readonly (readonly [key: string, yaml: string])[],
): string {
  const lines = [
    ['aliases', yamlValue(content.aliases)],
    ['confidence', ''],
    ['created', now],
    ['epistemic', ''],
    ['last_reviewed', ''],
    ['modified', now],
    ['purpose', content.description === '' ? '' : yamlValue(content.description)],
    ['review_interval', ''],
    ['see_also', yamlValue(content.mocs.map(brackets))],
    ['source_of_truth', '[]'],
    ['status', 'stub'],
    ['tags', yamlValue(content.tags)],
    ['title', yamlValue(content.title)],
    ['type', kind],
    ['uid', yamlValue(content.uid)],
    ['updated', now],
    ['version', '1'],
    ['prerequisites', yamlValue(content.prerequisites.map(brackets))],
    ...more,
  ];
  const properties = lines.map(([key, value]) => (value === '' ? `${key}:` : `${key}: ${value}`));
  return `---\n${properties.join('\n')}\n---\n`;
}

/** One line of YAML, quoted where it must be. */
export function yamlValue(value: string | readonly string[]): string {
  return dump(value, { flowLevel: 0, lineWidth: -1, quotingType: '"' }).trimEnd();
}

function brackets(link: string): string {
  return `[[${link}]]`;
}

type Section = readonly [heading: string, text: string];

function body(content: StubContent): string {
  const sections: readonly Section[] = [
    [
      'Summary',
      content.description === ''
        ? 'Say in two sentences what this note is about.'
        : sentence(content.description),
    ],
    ...SECTIONS[content.kind],
    // No list: in a map, a list row with a link would be an item.
    ['Connections', content.mocs.map((moc) => `Part of [[${moc}]].`).join('\n')],
  ];
  return sections
    .filter(([, text]) => text !== '')
    .map(([heading, text]) => `## ${heading}\n\n${text}\n`)
    .join('\n');
}

/** The MOC's own words, left as they are: a name such as `veth` keeps its small letter. */
function sentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}

function fence(attributes: string, ...lines: string[]): string {
  return ['```bash {' + attributes + '}', ...lines, '```'].join('\n');
}

const setup: Section = [
  'Setup',
  fence(
    'setup #setup',
    '# Build the place of the lab here: namespaces, links, addresses, files.',
    '# It runs before everything else, and again after a cleanup, so it must not mind what is there already.',
  ),
];

/** A check that nobody has written yet must not pass: an empty lab is not a finished lab. */
const check: Section = [
  'Check',
  fence(
    'check #check-1',
    '# Replace both lines: print one line of what was seen, and end with status 0 only if it is as it should be.',
    'echo "This check is not written yet."',
    'exit 1',
  ),
];

const hint: Section = [
  'Hints',
  fence(
    'hint #hint-1 for=check-1',
    '# Print where to look next. Never print the way to mend it.',
    'echo "There is no hint yet."',
  ),
];

/** Mends the fault where there is one, else builds what the check asks for. */
const solution = (mends: 'fault-1' | 'check-1'): Section => [
  'Solution',
  fence(`solution #solution-1 for=${mends}`, '# Write the commands after which every check passes.'),
];

const cleanup: Section = [
  'Cleanup',
  fence(
    'cleanup #cleanup',
    '# Take away all that the setup, the faults and the learner made. It must not mind what is gone already.',
  ),
];

const SECTIONS: Readonly<Record<NoteKind, readonly Section[]>> = {
  debug: [
    ['Symptom', 'Describe what the user of the system sees, and what should happen instead.'],
    setup,
    [
      'Faults',
      fence(
        'fault #fault-1 breaks=check-1',
        '# Break one thing here. `breaks=` names the checks that must fail because of it.',
      ),
    ],
    ['Diagnosis', 'Lead from the symptom to the cause, one layer at a time.'],
    check,
    hint,
    solution('fault-1'),
    cleanup,
  ],
  lab: [
    ['Goal', 'Say what the learner will have built, and how to tell that it works.'],
    setup,
    ['Steps', '1. Describe the first step.'],
    check,
    hint,
    solution('check-1'),
    cleanup,
  ],
  guide: [
    ['Context / Problem', 'Say which question this note answers, and when it comes up.'],
    setup,
    ['Walkthrough', '1. Describe the first step, and what is to be seen after it.'],
    check,
    hint,
    solution('check-1'),
    cleanup,
  ],
  map: [['Structure', 'Group the notes of this subject under headings.']],
};
