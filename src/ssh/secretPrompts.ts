import { nodeCrypto } from './node';
import type { Prompts, SecretQuestion } from './prompts';

/** An answer, and whether the user wants it kept beyond this session. */
export interface SecretAnswer {
  readonly secret: string;
  readonly keep: boolean;
}

/** How the user is asked. Null: no answer. */
export interface SecretDialogs {
  passphrase(keyFile: string, again: boolean): Promise<SecretAnswer | null>;
  secret(question: SecretQuestion): Promise<SecretAnswer | null>;
}

/** A place outside vault and settings where the user chose to keep a secret. Ids are lower-case letters, digits, dashes. */
export interface SecretKeeper {
  get(id: string): string | null;
  /** An empty secret forgets it. */
  set(id: string, secret: string): void;
}

interface Pending extends SecretAnswer {
  readonly id: string;
}

/**
 * Passphrases and passwords, asked for once and held in memory while the program runs; one-time codes are asked for each
 * time. Kept elsewhere only what the user says so of, and only once it has worked.
 */
export class SecretPrompts implements Pick<Prompts, 'askPassphrase' | 'askSecret' | 'loginEnded'> {
  private readonly memory = new Map<string, string>();
  private pending: Pending[] = [];

  constructor(
    private readonly dialogs: SecretDialogs,
    private readonly keeper: SecretKeeper | null = null,
  ) {}

  async askPassphrase(keyFile: string, again: boolean): Promise<string | null> {
    const id = await secretId('passphrase', keyFile);
    return this.recall(id, again) ?? this.ask(id, () => this.dialogs.passphrase(keyFile, again));
  }

  async askSecret(question: SecretQuestion): Promise<string | null> {
    if (question.kind === 'code') return (await this.dialogs.secret(question))?.secret ?? null;
    // With the address: a host that is now elsewhere must not be sent the password of the old one.
    const id = await secretId('password', `${question.user}@${question.host} ${question.at}`);
    return this.recall(id, question.again) ?? this.ask(id, () => this.dialogs.secret(question));
  }

  loginEnded(succeeded: boolean): void {
    for (const { id, secret, keep } of this.pending.splice(0)) {
      if (!succeeded) this.forget(id);
      else if (keep) this.keeper?.set(id, secret);
    }
  }

  /** Everything in memory is gone; what the user keeps elsewhere stays. */
  clear(): void {
    this.memory.clear();
    this.pending = [];
  }

  private recall(id: string, again: boolean): string | null {
    if (again) {
      this.forget(id);
      return null;
    }
    return this.memory.get(id) ?? this.keeper?.get(id) ?? null;
  }

  private async ask(id: string, dialog: () => Promise<SecretAnswer | null>): Promise<string | null> {
    const answer = await dialog();
    if (answer === null) return null;
    this.memory.set(id, answer.secret);
    this.pending.push({ id, ...answer });
    return answer.secret;
  }

  private forget(id: string): void {
    this.memory.delete(id);
    this.pending = this.pending.filter((each) => each.id !== id);
    if ((this.keeper?.get(id) ?? null) !== null) this.keeper?.set(id, '');
  }
}

async function secretId(kind: string, of: string): Promise<string> {
  const { createHash } = await nodeCrypto();
  return `labpath-${kind}-${createHash('sha256').update(of).digest('hex').slice(0, 32)}`;
}
