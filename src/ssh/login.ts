import type { AnyAuthMethod, ParsedKey, Prompt } from 'ssh2';
import type { HostTarget } from './hostTarget';
import { ssh2 } from './library';
import { nodeFiles } from './node';
import type { Prompts } from './prompts';

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
    let given = true;
    if (this.accepts('keyboard-interactive')) {
      yield {
        type: 'keyboard-interactive',
        username,
        prompt: (_name, instructions, _lang, prompts, finish) => {
          void this.answer(instructions, prompts).then((answers) => {
            given = answers !== null;
            finish(answers ?? []);
          });
        },
      };
    }
    for (let round = 0; given && this.accepts('password') && round < mostTries; round++) {
      const password = await this.ask('Password', false);
      if (password === null) break;
      if (round === 0) this.tried.push('password');
      yield { type: 'password', username, password };
    }
    return undefined;
  }

  private *agent(username: string): Generator<AnyAuthMethod> {
    const { agentSocket } = this.target;
    if (agentSocket === null) return;
    this.tried.push('agent');
    yield { type: 'agent', username, agent: agentSocket };
  }

  private accepts(method: string): boolean {
    return this.accepted.includes(method);
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

  private async answer(instructions: string, prompts: readonly Prompt[]): Promise<string[] | null> {
    const answers: string[] = [];
    if (prompts.length > 0) this.tried.push('keyboard-interactive');
    for (const { prompt, echo } of prompts) {
      const words = [instructions, prompt].filter((text) => text.trim() !== '').join('\n');
      const answer = await this.ask(words, echo === true);
      if (answer === null) return null;
      answers.push(answer);
    }
    return answers;
  }

  private ask(prompt: string, echo: boolean): Promise<string | null> {
    const { name: host, user } = this.target;
    return this.prompts.askSecret({ host, user, prompt, echo });
  }
}

/** ssh2's declarations promise one key or an error; the parser of old formats returns a list. */
function first(parsed: ParsedKey | ParsedKey[] | Error): ParsedKey | Error {
  if (!Array.isArray(parsed)) return parsed;
  return parsed[0] ?? new Error('The file holds no key.');
}
