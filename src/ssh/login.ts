import type { AnyAuthMethod, ParsedKey, Prompt } from 'ssh2';
import { chosenKeys } from './agentKeys';
import type { HostTarget } from './hostTarget';
import { ssh2 } from './library';
import { nodeFiles } from './node';
import type { Prompts, SecretQuestion } from './prompts';

const mostTries = 3;

/**
 * The ways to log in, in order: none (which only asks what the server accepts), the agent, key files, then questions
 * (keyboard-interactive, else password). A file or secret is touched only when its turn comes.
 */
export class Login {
  /** What was tried so far, in words for the user. */
  readonly tried: string[] = [];
  /** What the server said it accepts. */
  accepted: readonly string[] = [];
  /** The user would not answer the server's questions; asking for a password would be asking again. */
  private declined = false;
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
      const key = await this.readKey(file);
      if (key === null) continue;
      this.tried.push(`key ${file}`);
      yield { type: 'publickey', username, key };
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
    this.tried.push(chosen.count === 1 ? 'agent with 1 key' : `agent with ${chosen.count} keys`);
    yield { type: 'agent', username, agent: chosen.agent };
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

  private async readKey(file: string): Promise<ParsedKey | null> {
    const { readFile } = await nodeFiles();
    const { utils } = await ssh2();
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch {
      return null;
    }
    let key = first(utils.parseKey(text));
    if (key instanceof Error && !/no passphrase given/i.test(key.message)) return null;
    // Of a wrong passphrase ssh2 says now that the check failed, now that the key is malformed.
    for (let round = 0; key instanceof Error && round < mostTries; round++) {
      const passphrase = await this.prompts.askPassphrase(file, round > 0);
      if (passphrase === null) return null;
      key = first(utils.parseKey(text, passphrase));
    }
    return key instanceof Error || !key.isPrivateKey() ? null : key;
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

/** ssh2's declarations promise one key or an error; the parser of old formats returns a list. */
function first(parsed: ParsedKey | ParsedKey[] | Error): ParsedKey | Error {
  if (!Array.isArray(parsed)) return parsed;
  return parsed[0] ?? new Error('The file holds no key.');
}
