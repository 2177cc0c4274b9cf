import { describe, expect, it } from 'vitest';
import { scanCells } from '../../src/cells/scan';
import { isLab, readLab } from '../../src/labs/lab';
import { badLabVars, chooseValues, readLabVars } from '../../src/labs/vars';

const lab = (...fences: string[]) => readLab(scanCells(fences.join('\n\n')));
const fence = (info: string, body = 'echo x') => `\`\`\`${info}\n${body}\n\`\`\``;
const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);

describe('a note as a lab', () => {
  it('is one as soon as it has a check', () => {
    expect(isLab(scanCells(fence('bash {step #s}')))).toBe(false);
    expect(isLab(scanCells(fence('bash {check #c}')))).toBe(true);
  });

  it('orders its checks by layer, from the cable up; one without a layer stands last', () => {
    const checks = ['app', 'link', 'nat', '', 'ip', 'route', 'link'].map((layer, i) =>
      fence(`bash {check #c${i} ${layer === '' ? '' : `layer=${layer}`}}`),
    );
    expect(ids(lab(...checks).checks)).toEqual(['c1', 'c6', 'c4', 'c5', 'c2', 'c0', 'c3']);
  });

  it('gives a fault the layer of the lowest check it breaks, unless it names its own', () => {
    const { faults } = lab(
      fence('bash {check #top layer=app}'),
      fence('bash {check #low layer=ip}'),
      fence('bash {fault #f breaks=top,low}'),
      fence('bash {fault #g breaks=top layer=nat}'),
    );
    expect(faults.map(({ id, layer }) => [id, layer])).toEqual([
      ['f', 'ip'],
      ['g', 'nat'],
    ]);
  });

  it('gives each fault its solutions in order; the others build the lab', () => {
    const { faults, build, body } = lab(
      fence('bash {solution #one for=c}'),
      fence('bash {step #s}'),
      fence('bash {check #c}'),
      fence('bash {fault #f breaks=c}'),
      fence('bash {solution #first for=f}'),
      fence('bash {solution #second for=f}'),
    );
    expect(ids(faults[0]?.solutions ?? [])).toEqual(['first', 'second']);
    expect(ids(build)).toEqual(['one']);
    expect(ids(body)).toEqual(['one', 's']);
  });

  it('leaves out of its body what cannot run unattended', () => {
    const { body } = lab(
      fence('bash {step #a}'),
      fence('bash {step #b skip}'),
      fence('bash {observe #c}', 'ip -n <ns> link'),
      fence('bash {#d}'),
    );
    expect(ids(body)).toEqual(['a', 'd']);
  });

  it('reads level and edge checks, how often they run, and when a hint is offered', () => {
    const { checks, hints } = lab(
      fence('bash {check #a every=5s}'),
      fence('bash {check #b mode=edge}'),
      fence('bash {hint #h for=a,b after=3}'),
      fence('bash {hint #i after=soon}'),
    );
    expect(checks.map(({ mode, everyMs }) => [mode, everyMs])).toEqual([
      ['level', 5000],
      ['edge', null],
    ]);
    expect(hints.map(({ checks: named, after }) => [named, after])).toEqual([
      [['a', 'b'], 3],
      [[], 1],
    ]);
  });
});

describe('the variables of a lab', () => {
  const frontmatter = { lab_vars: ['SUBNET=10.1.0|10.2.0', 'PORT=8080-8082', 'bad', '1x=2', 'EMPTY='] };

  it('are names with choices or ranges; what is neither is named', () => {
    expect(readLabVars(frontmatter)).toEqual([
      { name: 'SUBNET', choices: ['10.1.0', '10.2.0'] },
      { name: 'PORT', choices: ['8080', '8081', '8082'] },
    ]);
    expect(badLabVars(frontmatter)).toEqual(['bad', '1x=2', 'EMPTY=']);
  });

  it('have another value each turn, until all had theirs', () => {
    const turns = [0, 1, 2].map((turn) => chooseValues(readLabVars(frontmatter), turn));
    expect(turns).toEqual([
      { SUBNET: '10.1.0', PORT: '8080' },
      { SUBNET: '10.2.0', PORT: '8081' },
      { SUBNET: '10.1.0', PORT: '8082' },
    ]);
  });

  it('stay few where a range is endless', () => {
    expect(readLabVars({ lab_vars: ['P=1-65535'] })[0]?.choices).toHaveLength(1000);
  });
});
