import type { AnyAuthMethod, ParsedKey, Prompt } from 'ssh2';
import { chosenKeys } from './agentKeys';
import type { HostTarget } from './target';
import { base64 } from './base64';
import { readKeyFile, unlock } from './keyFile';
import { lazyKey } from './lazyKey';
import type { Prompts, SecretQuestion } from './prompts';

const mostTries = 3;

/**
 * The ways to log in, in order: none (which only asks what the server accepts), the agent, key files, then questions
 * (keyboard-interactive, else password). A file or secret is touched only when its turn comes.
 */
export class Login {
  /** What was tried so far, in words for the user. */
  readonly tried: string[] = [];
  /** Identity files that are not there. */
  readonly missing: string[] = [];
  /** What the server said it accepts. */
  accepted: readonly string[] = [];
  /** The user would not answer the server's questions; asking for a password would be asking again. */
  private declined = false;
  /** The agent's keys that were offered: the same key from a file would only cost an attempt, or a question. */
  private offered: ReadonlySet<string> = new Set();
  private readonly ways: AsyncGenerator<AnyAuthMethod, undefined>;

  constructor(
    private readonly target: HostTarget,
    private readonly prompts: Pick<Prompts, 'askPassphrase' | 'askSecret'>,
  ) {
    this.ways = this.inOrder();
  }

  /** The next way, or null when there is none left. `accepted` is null before the first. */
  async next(accepted: readonly string[] | null): Promise<AnyAuthMethod | null> {
    if (accepted !== null) this.accepted = accepted;
    const { value } = await this.ways.next();
    return value ?? null;
  }

  private async *inOrder(): AsyncGenerator<AnyAuthMethod, undefined> {
    const username = this.target.user;
    yield { type: 'none', username };
    if (this.accepts('publickey')) yield* this.agent(username);
    for (const file of this.target.identityFiles) {
      if (!this.accepts('publickey')) break;
      yield* this.keyFile(username, file);
    }
    yield* this.interactive(username);
    for (let round = 0; !this.declined && this.accepts('password') && round < mostTries; round++) {
      const password = await this.ask({
        kind: 'password',
        prompt: 'Password',
        echo: false,
        again: round > 0,
      });
      if (password === null) return undefined;
      if (round === 0) this.tried.push('password');
      yield { type: 'password', username, password };
    }
    return undefined;
  }

  private async *agent(username: string): AsyncGenerator<AnyAuthMethod> {
    const chosen = await chosenKeys(this.target);
    if (chosen === null) return;
    if (typeof chosen === 'string') {
      this.tried.push(`agent (${chosen})`);
      return;
    }
    const { agent, keys } = chosen;
    this.offered = new Set(keys);
    this.tried.push(keys.length === 1 ? 'agent with 1 key' : `agent with ${keys.length} keys`);
    yield { type: 'agent', username, agent };
  }

  /** The server's own questions, until they are answered rightly, the user declines or the tries are used up. */
  private async *interactive(username: string): AsyncGenerator<AnyAuthMethod> {
    let declined = false;
    for (let round = 0; !declined && this.accepts('keyboard-interactive') && round < mostTries; round++) {
      yield {
        type: 'keyboard-interactive',
        username,
        prompt: (_name, instructions, _lang, prompts, finish) => {
          void this.answer(instructions, prompts, round > 0).then((answers) => {
            declined = answers === null;
            finish(answers ?? []);
          });
        },
      };
    }
    if (declined) this.declined = true;
  }

  private accepts(method: string): boolean {
    return this.accepted.includes(method) && this.target.refusedMethods?.includes(method) !== true;
  }

  /** One identity file, unless the agent has offered its key already. */
  private async *keyFile(username: string, file: string): AsyncGenerator<AnyAuthMethod> {
    const found = await readKeyFile(file);
    if (found.kind === 'useless') {
      if (found.why === null) this.missing.push(file);
      else this.tried.push(`key ${file} (${found.why})`);
      return;
    }
    const publicKey = found.kind === 'private' ? found.key : found.publicKey;
    if (publicKey !== null && this.offered.has(base64(publicKey.getPublicSSH()))) return;
    const place = this.tried.push(`key ${file}`) - 1;
    if (found.kind === 'private') {
      yield { type: 'publickey', username, key: found.key };
      return;
    }
    const open = async (): Promise<ParsedKey | null> => {
      const key = await this.unlocked(file, found.text);
      if (key === null) this.tried[place] = `key ${file} (without its passphrase)`;
      return key;
    };
    if (publicKey !== null) yield { type: 'agent', username, agent: await lazyKey(publicKey, open) };
    else {
      const key = await open();
      if (key !== null) yield { type: 'publickey', username, key };
    }
  }

  private async unlocked(file: string, text: string): Promise<ParsedKey | null> {
    for (let round = 0; round < mostTries; round++) {
      const passphrase = await this.prompts.askPassphrase(file, round > 0);
      if (passphrase === null) return null;
      const key = await unlock(text, passphrase);
      if (key !== null) return key;
    }
    return null;
  }

  private async answer(
    instructions: string,
    prompts: readonly Prompt[],
    again: boolean,
  ): Promise<string[] | null> {
    const answers: string[] = [];
    if (prompts.length > 0 && !again) this.tried.push('keyboard-interactive');
    for (const { prompt, echo } of prompts) {
      const words = [instructions, prompt].filter((text) => text.trim() !== '').join('\n');
      const isPassword = echo !== true && /^\s*(.*'s )?password\b/i.test(prompt);
      const kind = isPassword ? 'password' : 'code';
      const answer = await this.ask({ kind, prompt: words, echo: echo === true, again });
      if (answer === null) return null;
      answers.push(answer);
    }
    return answers;
  }

  private ask(question: Pick<SecretQuestion, 'kind' | 'prompt' | 'echo' | 'again'>): Promise<string | null> {
    const { name: host, user, address, port } = this.target;
    return this.prompts.askSecret({ host, user, at: `${address}:${port}`, ...question });
  }
}
