/** A stretch of text that looks like a secret: 0-based UTF-16 offsets, end exclusive. */
export interface SecretSpan {
  readonly from: number;
  readonly to: number;
  /** What it looks like, for people: “a private key”. */
  readonly kind: string;
}

/** Shapes of well-known secrets; where a pattern has a group, only the group is the secret. */
const SHAPES: readonly (readonly [kind: string, pattern: RegExp])[] = [
  [
    'a private key',
    /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|$)/g,
  ],
  ['an AWS access key', /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,})\b/g],
  ['a GitLab token', /\bgl(?:pat|dt|rt|ptt)-[\w-]{20,}\b/g],
  ['a Slack token', /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g],
  ['an API key', /\b(?:sk|pk|rk)[-_](?:live|test|ant|proj)?[-_]?[A-Za-z0-9_-]{20,}\b/g],
  ['a Google API key', /\bAIza[\w-]{35}\b/g],
  ['an npm token', /\bnpm_[A-Za-z0-9]{36}\b/g],
  ['a JSON web token', /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+/g],
  ['a Kubernetes bootstrap token', /\b[a-z0-9]{6}\.[a-z0-9]{16}\b/g],
  ['a password hash', /\$(?:[1256y]|2[aby]|gy|7|argon2\w*)\$[^\s:$]+\$[^\s:]+/g],
  ['a credential in an address', /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:([^\s/@]+)@/gi],
  ['a bearer token', /\bBearer\s+([\w.~+/-]{12,}=*)/gi],
  ['a basic login', /\bBasic\s+([A-Za-z0-9+/]{8,}=*)/g],
  [
    'a value called a secret',
    /(?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?|pwd)["']?\s*[:=]\s*["']?([^\s"',;}]{4,})/gi,
  ],
];

/** Shorter ones stand in too many texts by chance. */
const SHORTEST_KNOWN = 4;

/**
 * Everything in a text that looks like a secret, in order, without overlaps. It errs towards finding.
 *
 * @param known secrets by their values, to be found wherever they stand
 */
export function findSecrets(text: string, known: readonly string[] = []): SecretSpan[] {
  const shaped = SHAPES.flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern)].map((match): SecretSpan => {
      const secret = match[1] ?? match[0];
      const from = match.index + (match[1] === undefined ? 0 : match[0].lastIndexOf(secret));
      return { from, to: from + secret.length, kind };
    }),
  );
  const found = [...placesOf(known, text), ...shaped].sort(byPlace);
  return apart(found);
}

/** The text without the secrets that are known by their values. */
export function maskKnown(text: string, known: readonly string[]): string {
  return maskSecrets(text, apart(placesOf(known, text).sort(byPlace)));
}

function placesOf(known: readonly string[], text: string): SecretSpan[] {
  const places: SecretSpan[] = [];
  for (const secret of known) {
    if (secret.length < SHORTEST_KNOWN) continue;
    for (let from = text.indexOf(secret); from !== -1; from = text.indexOf(secret, from + 1)) {
      places.push({ from, to: from + secret.length, kind: 'a secret you entered' });
    }
  }
  return places;
}

function byPlace(one: SecretSpan, other: SecretSpan): number {
  return one.from - other.from || other.to - one.to;
}

/** Two that overlap become one: nothing that stands out of the first may stay. */
function apart(spans: readonly SecretSpan[]): SecretSpan[] {
  const kept: SecretSpan[] = [];
  for (const span of spans) {
    const last = kept.at(-1);
    if (last === undefined || span.from >= last.to) kept.push(span);
    else if (span.to > last.to) kept[kept.length - 1] = { ...last, to: span.to };
  }
  return kept;
}

/** The text with everything that looks like a secret replaced by `••••`; line ends inside a secret go with it. */
export function maskSecrets(text: string, spans: readonly SecretSpan[] = findSecrets(text)): string {
  let masked = '';
  let at = 0;
  for (const { from, to } of spans) {
    masked += `${text.slice(at, from)}••••`;
    at = to;
  }
  return masked + text.slice(at);
}
