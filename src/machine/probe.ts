import { shellQuote } from '../base/quote';
import probeScript from './probe.bash';
import type { LabTool } from './tool';

/** What a probe found on a machine. */
export interface Probed {
  /** Such as “Linux 6.1.0-18-amd64”. */
  readonly kernel: string;
  /** The text of os-release(5); empty where there is none. */
  readonly osRelease: string;
  /** Whether its root is the kernel's own root, not that of a sandbox. */
  readonly isRealRoot: boolean;
  /** By the tool's id; tools that are not there have no entry. */
  readonly tools: ReadonlyMap<string, ProbedTool>;
}

export interface ProbedTool {
  readonly program: string;
  readonly works: boolean;
  /** What it printed as its version, or, when it does not work, the last thing it said. */
  readonly said: string;
}

/** The script that looks for these tools: standard input for a `bash -s` on the machine. */
export function probeFor(tools: readonly LabTool[]): string {
  const calls = tools.map((tool) =>
    ['tool', tool.id, tool.works ?? '', ...tool.version].map(shellQuote).join(' '),
  );
  // Several at once: most of the time goes into waiting. Not all: an emulated machine would let each wait for the others.
  return `${probeScript}\n${calls.map((call) => `turn; ${call} &`).join('\n')}\nwait\n`;
}

/** Reads what the script printed; null when it did not even get to its first fact. */
export function readProbe(output: string): Probed | null {
  const lines = output.split('\n').map((line) => line.split('\t'));
  const fact = (name: string) => lines.find(([key]) => key === name)?.[1];
  const kernel = fact('kernel');
  if (kernel === undefined) return null;
  const tools = new Map<string, ProbedTool>();
  for (const [key, id, program, works, said] of lines)
    if (key === 'tool' && id !== undefined && program !== undefined)
      tools.set(id, { program, works: works === 'yes', said: (said ?? '').trim() });
  return {
    kernel,
    osRelease: decodeBase64(fact('os-release') ?? ''),
    isRealRoot: fact('real-root') === 'yes',
    tools,
  };
}

function decodeBase64(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
}
