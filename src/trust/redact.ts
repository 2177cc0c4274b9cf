import { maskSecrets } from './secretText';

/** What is private beyond what can be told by its looks. */
export interface Private {
  /** Names and addresses of hosts, and login names. */
  readonly hosts: readonly string[];
  /** Paths and titles of notes. */
  readonly notes: readonly string[];
  /** Absolute folders: the vault, the user's home. */
  readonly folders: readonly string[];
}

/** Ends of words with dots that are files of a program rather than hosts. */
const FILE_ENDS = /\.(?:m?js|ts|json|md|css|sh|bash|py|log|txt|conf|ya?ml|so|sock|pub|tar|gz)$/i;

const ADDRESS_4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g;
/** At least two colons; a time of day is told apart below. */
const ADDRESS_6 = /(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:%\w+)?(?![\w:])/gi;
const LOGIN = /[\w.+-]+@(?:\[[^\]\s]+\]|[\w.-]+)(?::\d+)?/g;
const DOMAIN = /\b(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z][a-z0-9-]+\b/gi;
const HOME = /(?:\/home\/|\/Users\/|[A-Z]:\\Users\\)[^/\\\s"'”’:;,]+/g;
const FINGERPRINT = /\b(?:SHA256:[A-Za-z0-9+/]{20,}=*|(?:[0-9a-f]{2}:){15}[0-9a-f]{2})/g;
const NOTE_PATH = /“[^”\n]*\.md”|"[^"\n]*\.md"/g;

/**
 * A text fit to be shown to strangers: no secrets, hosts, addresses, logins, note names or folders of its user. Each host
 * becomes a number, so that two of them can still be told apart. It errs towards hiding.
 */
export function redact(text: string, { hosts, notes, folders }: Private): string {
  const names = [...new Set(hosts.filter((name) => name.length > 1 && name !== 'lab'))];
  let out = maskSecrets(text).replace(FINGERPRINT, '‹fingerprint›');
  out = replaceEach(out, notes, () => '‹note›').replace(NOTE_PATH, '‹note›');
  out = replaceEach(out, folders, () => '‹folder›').replace(HOME, '~');
  out = out.replace(LOGIN, '‹login›');
  out = replaceEach(out, names, (name) => `‹host ${names.indexOf(name) + 1}›`);
  out = out
    .replace(ADDRESS_4, '‹address›')
    .replace(ADDRESS_6, (found) => (isTime(found) ? found : '‹address›'));
  return out.replace(DOMAIN, (found) => (FILE_ENDS.test(found) ? found : '‹host›'));
}

/** Whole words only, the longest first, in any case; words of one character would hide half of a text. */
function replaceEach(text: string, words: readonly string[], by: (word: string) => string): string {
  return [...new Set(words)]
    .filter((word) => word.length > 1)
    .sort((a, b) => b.length - a.length)
    .reduce(
      (rest, word) =>
        rest.replace(new RegExp(`(?<![\\p{L}\\p{N}_])${escape(word)}(?![\\p{L}\\p{N}_])`, 'giu'), () =>
          by(word),
        ),
      text,
    );
}

function escape(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}

function isTime(text: string): boolean {
  return /^\d{1,2}:\d{2}(?::\d{2})?$/.test(text);
}
