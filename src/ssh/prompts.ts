/** A host key that no known_hosts file speaks of. */
export interface UnknownHostKey {
  /** The host's name as the user knows it. */
  readonly host: string;
  /** The name it would be remembered by: `example.org` or `[example.org]:2222`. */
  readonly knownAs: string;
  readonly keyType: string;
  /** `SHA256:…`, as ssh prints it. */
  readonly fingerprint: string;
  /** File the key is appended to when the answer is `trust`; null when there is none to write to. */
  readonly file: string | null;
  /** known_hosts trusts a certificate authority for this host, which Labpath cannot check. */
  readonly authorityOnly: boolean;
}

export type TrustAnswer = 'trust' | 'once' | 'refuse';

export interface SecretQuestion {
  readonly host: string;
  readonly user: string;
  /** Where the answer will be sent: `address:port`. */
  readonly at: string;
  /** `code`: an answer that is good for one time, or may be. */
  readonly kind: 'password' | 'code';
  /** The server's own words, or ours. */
  readonly prompt: string;
  /** Whether what is typed may be shown. */
  readonly echo: boolean;
  /** The last answer to this question was wrong. */
  readonly again: boolean;
}

/** What only the user can answer. Secrets are handed over and kept nowhere here; see `SecretPrompts`. */
export interface Prompts {
  trust(key: UnknownHostKey): Promise<TrustAnswer>;
  /** Null: the user will not say, and the key is passed over. `again`: the last answer was wrong. */
  askPassphrase(keyFile: string, again: boolean): Promise<string | null>;
  /** Null: the user will not say, and the login is given up. */
  askSecret(question: SecretQuestion): Promise<string | null>;
  /** A login ended; what was answered on the way was right, or is worth nothing. */
  loginEnded?(succeeded: boolean): void;
}
