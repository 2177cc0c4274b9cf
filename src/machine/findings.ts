import { installLine, packageFamily } from './distribution';
import type { Probed } from './probe';
import type { LabTool } from './tool';

/** What the doctor says of one thing. Sentences end without a full stop where a table shows them. */
export type Finding =
  | { readonly status: 'present'; readonly version: string }
  /** `install` is a command line, or the address of the instructions where no package manager has it. */
  | { readonly status: 'missing'; readonly install: string }
  | { readonly status: 'unavailable'; readonly why: string };

export interface Examined {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly required: boolean;
  readonly finding: Finding;
}

/** Judges every tool by what a probe found. */
export function findingsOf(tools: readonly LabTool[], probed: Probed): readonly Examined[] {
  return tools.map((tool) => ({
    id: tool.id,
    title: tool.title,
    group: tool.group,
    required: tool.required,
    finding: findingOf(tool, probed),
  }));
}

/** True when nothing required is missing. */
export function allRequiredPresent(findings: readonly Examined[]): boolean {
  return findings.every(({ required, finding }) => !required || finding.status === 'present');
}

/**
 * The version in what a program printed: the first number with a dot, with what clings to it; else the number behind its
 * name (“less 590”), or what is short enough to be one. Empty when it tells none.
 */
export function versionIn(text: string): string {
  const dotted = /\d+\.\d[\w.~+-]*/.exec(text)?.[0];
  if (dotted !== undefined) return dotted;
  const said = text.trim();
  return /^(?:[a-z][\w-]* ){1,3}v?(\d+)\b/i.exec(said)?.[1] ?? (/\s/.test(said) ? '' : said);
}

function findingOf(tool: LabTool, probed: Probed): Finding {
  const found = probed.tools.get(tool.id);
  if (found?.works) return { status: 'present', version: versionIn(found.said) };
  if (tool.needsRealRoot !== undefined && !probed.isRealRoot)
    return { status: 'unavailable', why: tool.needsRealRoot };
  if (found !== undefined)
    return {
      status: 'unavailable',
      why: `${found.program} is installed but does not work: ${found.said || 'it gave no reason'}`,
    };
  return missing(tool, probed.osRelease);
}

function missing(tool: LabTool, osRelease: string): Finding {
  const family = packageFamily(osRelease);
  const packages = family === null ? undefined : tool.packages[family];
  if (family !== null && packages !== undefined)
    return { status: 'missing', install: installLine(family, packages.split(' ')) };
  const names = [...new Set(Object.values(tool.packages))];
  return {
    status: 'missing',
    install: tool.source ?? `the package ${names.join(' or ')} of this distribution`,
  };
}
