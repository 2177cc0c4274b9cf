import { spawnSync } from 'node:child_process';
import { load, loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { recipeNamed, recipes } from '../../src/machine/recipes/recipes';
import { labPackages } from '../../src/machine/tools';

const keys = 'ssh-ed25519 AAAA one\nssh-ed25519 BBBB two\n';
const text = (name: string) => recipeNamed(name).text({ keys, learners: 3 });

describe('recipes of lab machines', () => {
  it('install the packages of the one list, whatever their form', () => {
    for (const name of ['prepare', 'cloud-init', 'lima', 'dockerfile'])
      for (const each of labPackages('debian'))
        expect([
          name,
          text(name)
            .split(/[\s'"]+/)
            .includes(each),
        ]).toEqual([name, true]);
    for (const each of [...labPackages('fedora'), ...labPackages('alpine')])
      expect(text('prepare').split(/[\s]+/)).toContain(each);
  });

  it('are cloud-config that YAML reads, with the keys given', () => {
    const config = load(text('cloud-init')) as {
      users: { ssh_authorized_keys: string[] }[];
      packages: string[];
    };
    expect(config.users[0]?.ssh_authorized_keys).toEqual(keys.trim().split('\n'));
    expect(config.packages).toEqual(labPackages('debian'));
  });

  it('hold the whole script in the Lima template', () => {
    const template = load(text('lima')) as { provision: { script: string }[] };
    expect(template.provision[0]?.script.trim()).toBe(text('prepare').trim());
  });

  it('give each learner a machine and a key of their own on Kubernetes', () => {
    const parts = loadAll(text('kubernetes')) as {
      kind: string;
      spec?: { replicas?: number };
      stringData?: Record<string, string>;
    }[];
    expect(parts.map(({ kind }) => kind)).toEqual([
      'Namespace',
      'Secret',
      'Service',
      'StatefulSet',
      'NetworkPolicy',
      'Deployment',
      'Service',
    ]);
    expect(parts[3]?.spec?.replicas).toBe(3);
    expect(Object.keys(parts[1]?.stringData ?? {})).toEqual(['lab-0', 'lab-1', 'lab-2', 'jump']);
    expect(parts[1]?.stringData?.['lab-1']).toBe('ssh-ed25519 BBBB two\n');
  });

  it('are bash that parses, and YAML that parses', () => {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: text('prepare'), encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    expect(load(text('compose'))).toHaveProperty('services.lab.privileged', true);
  });

  it('are listed when one is asked for that there is not', () => {
    expect(() => recipeNamed('vagrant')).toThrow(recipes.map(({ name }) => name).join(', '));
  });
});
