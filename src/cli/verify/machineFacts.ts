import type { Bench } from '../../labs/prover/bench';
import { namesIn, probeFor } from '../../labs/capabilities';
import { unmet } from '../../path/requirements';

/** What the receipt says of the machine a lab was proved on. */
export interface MachineFacts {
  /** `uname -sr`. */
  readonly kernel: string;
  /** PRETTY_NAME of os-release. */
  readonly system: string;
  /** Versions of the tools the lab requires, by name; as they print them. */
  readonly tools: Readonly<Record<string, string>>;
}

/** Which requirements the machine does not meet, and what it is; one round trip. `nodes`: how many it consists of. */
export async function examine(
  bench: Bench,
  requirements: readonly string[],
  nodes: number,
): Promise<{ missing: string[]; machine: MachineFacts }> {
  const tools = requirements.filter((item) => item.startsWith('tool/')).map((item) => item.slice(5));
  const printed = await bench.script(
    [
      probeFor(requirements),
      'printf \'kernel\\t%s\\n\' "$(uname -sr)"',
      '(. /etc/os-release; printf \'system\\t%s\\n\' "$PRETTY_NAME") 2>/dev/null',
      'first() { timeout 5 "$@" 2>&1 </dev/null | grep -m 1 "[0-9]"; }',
      // Programs do not agree on how one asks for the version; what has no number or date in it is none.
      'version() { case $1 in *[0-9].[0-9]* | *[0-9][0-9][0-9][0-9]*) printf %s "$1" ;; *) false ;; esac; }',
      ...tools.map(
        (tool) =>
          `printf 'tool\\t%s\\t%s\\n' ${tool} "$(version "$(first ${tool} -V)" || version "$(first ${tool} --version)" || true)"`,
      ),
    ].join('\n'),
  );
  const rows = printed.split('\n').map((line) => line.split('\t'));
  const value = (key: string) => rows.find(([name]) => name === key)?.[1] ?? 'unknown';
  return {
    missing: unmet(requirements, { names: namesIn(printed), nodes }),
    machine: {
      kernel: value('kernel'),
      system: value('system'),
      tools: Object.fromEntries(
        rows.flatMap(([key, tool, version]) => (key === 'tool' && tool ? [[tool, version ?? '']] : [])),
      ),
    },
  };
}
