import { shellQuote } from '../../base/quote';
import { durationMs, netnsOf, textOf } from '../../cells/options';
import { heredoc } from '../labShell';
import type { Check } from '../lab';
import type { LabValues } from '../vars';
import script from './tools.bash';

/** A check that passed although it should not, because this tool was not there. */
export interface ToolVerdict {
  readonly check: Check;
  readonly tool: string;
}

export interface ToolVariants {
  /** Bash that runs each check once for each of its tools, with that tool missing, one after the other. */
  readonly script: string;
  /** What the script printed, as verdicts. */
  read(printed: string): ToolVerdict[];
}

/** In seconds, for a check that names no `timeout=`. */
const PATIENCE_S = 30;

/**
 * A check that does not notice that its tool is missing (`! iptables -S | grep DROP`) passes on a machine where nobody
 * looked. It is found by running checks that must fail with a stand-in for one tool at a time, which says what a shell
 * says of a command it cannot find. What every machine has (coreutils, grep, sed, awk) and what a check itself asks for
 * (`command -v`) is left alone.
 */
export function toolVariants(
  checks: readonly Check[],
  labDir: string,
  values: LabValues,
): ToolVariants | null {
  const tried = checks.filter(({ cell }) => cell.runnable && words(cell.source).length > 0);
  if (tried.length === 0) return null;
  const parts = tried.map(({ cell }, i) => {
    const patience = Math.ceil(
      (durationMs(textOf(cell.attributes, 'timeout') ?? '') ?? PATIENCE_S * 1000) / 1000,
    );
    const netns = netnsOf(cell.attributes) ?? '';
    return [
      heredoc(`cat >"$work/${i}"`, cell.source),
      `try ${i} ${patience} ${shellQuote(netns)} ${words(cell.source).map(shellQuote).join(' ')}`,
    ].join('\n');
  });
  const environment = Object.entries({ ...values, LAB_DIR: labDir });
  return {
    script: [
      // A subshell, so that nothing of it stays in the prover's session.
      '(',
      ...environment.map(([name, value]) => `export ${name}=${shellQuote(value)}`),
      script,
      ...parts,
      ')',
    ].join('\n'),
    read: (printed) =>
      printed.split('\n').flatMap((line) => {
        const [mark, index, tool] = line.split('\t');
        const check = mark === 'passed' ? tried[Number(index)] : undefined;
        return check && tool ? [{ check, tool }] : [];
      }),
  };
}

/** The words of a check that could be programs; those it looks for itself are left out. */
function words(source: string): string[] {
  const asked = [...source.matchAll(/\b(?:command -[vV]|type(?: -\w+)?|which|hash)\s+"?([\w.+-]+)/g)].map(
    ([, name]) => name,
  );
  const found = new Set(source.match(/[A-Za-z][\w.+-]*/g) ?? []);
  return [...found].filter((word) => !asked.includes(word));
}
