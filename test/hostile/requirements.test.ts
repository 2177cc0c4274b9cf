import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scanCells } from '../../src/cells/scan';
import { launch } from '../../src/labs/launch';
import { planRunAll } from '../../src/labs/plan';
import { Runner } from '../../src/runs/runner';
import { RunStore } from '../../src/runs/store';
import { bootstrapCommand, driverBytes } from '../../src/session/bootstrap';
import { killSession, signalForeground } from '../../src/session/control';
import { machine } from '../../src/session/place';
import { MarkerScanner } from '../../src/session/scanner';
import { FakeSessions } from '../runs/fakeSessions';

describe('Each security requirement', () => {
  it('is named by at least one test, and by the security page', () => {
    const tests = readdirSync('test', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => readFileSync(join('test', file), 'utf8'))
      .join('\n');
    const page = readFileSync('docs/security.md', 'utf8');
    for (let number = 1; number <= 22; number++) {
      const named = new RegExp(`['\`"](?:[^'\`"\\n]*[ ,(])?S${number}[:,]`);
      expect([number, named.test(tests), page.includes(`**S${number}**`)]).toEqual([number, true, true]);
    }
  });
});

it('S5: Running all cells of a note never follows its embeds', () => {
  const cells = scanCells(
    '![[Other note]]\n\n![[Other note#Section]]\n\n> ![[Third]]\n\n```bash\necho own\n```',
  );
  expect(planRunAll(cells).run.map(({ source }) => source)).toEqual(['echo own']);
});

describe('S10: The marks of a session', () => {
  it('carry a secret of 128 bits, which no command line shows', () => {
    const key = '0123456789abcdef'.repeat(2);
    expect(driverBytes({ key, profile: 'none' }).length).toBeGreaterThan(1000);
    expect(() => driverBytes({ key: key.slice(2), profile: 'none' })).toThrow(RangeError);
    // The command is the same for all sessions: the driver, and the key in it, come over the terminal.
    expect(bootstrapCommand(machine)).not.toMatch(/[0-9a-f]{32}/);
  });

  it('are output when they are not the session’s own', () => {
    let output = '';
    const scanner = new MarkerScanner({
      data: (bytes) => (output += new TextDecoder().decode(bytes)),
      marker: (body) => body.startsWith('right;'),
    });
    scanner.push(new TextEncoder().encode('\x1b]7717;wrong;E;0\x07'));
    scanner.end();
    expect(output).toBe('\x1b]7717;wrong;E;0\x07');
  });
});

it('S17: Scripts that end programs on the machine name processes by number, and nothing from a note', async () => {
  const scripts: string[] = [];
  const control = (script: string): Promise<string> => {
    scripts.push(script);
    return Promise.resolve('');
  };
  await signalForeground(control, 4711, 'KILL');
  await killSession(control, 4711);
  for (const script of scripts) expect(script).toMatch(/^p=4711; [^']*$/);
});

it('S18: The folder through which the cells of a lab pass values is the user’s alone', () => {
  const cell = scanCells('```bash {setup}\nstat -c %a:%u "$LAB_DIR"\nrmdir "$LAB_DIR"\n```')[0];
  if (cell === undefined) throw new Error('There is no cell.');
  const note = `hostile ${process.pid}`;
  const printed = execFileSync('bash', ['-c', launch(cell, note).source], { encoding: 'utf8' });
  expect(printed).toBe(`700:${process.getuid?.()}\n`);
});

it('S19: A cell whose connection was lost is not run again by itself', async () => {
  const sessions = new FakeSessions();
  const runner = new Runner({ sessions, store: new RunStore(), now: () => 0, defaultHost: () => 'lab' });
  const [cell] = scanCells('```bash\necho once\n```');
  if (cell === undefined) throw new Error('There is no cell.');
  sessions.script = (run) =>
    run.emit({ type: 'lost', problem: { what: 'The connection was lost.', why: '', next: '' } });
  expect((await runner.run('note.md', cell)).status).toBe('lost');
  expect(sessions.runs).toHaveLength(1);
});

it('S20: A source, a note and an output have limits', () => {
  expect(readFileSync('src/session/problems.ts', 'utf8')).toMatch(/largestSource = 1024 \* 1024/);
  const deep = '$('.repeat(50_000);
  expect(scanCells(`\`\`\`bash\n${deep}\n\`\`\``)[0]?.placeholders).toEqual([]);
});

it('S22: What ships is pinned exactly, and installing it runs no scripts', () => {
  const { devDependencies, dependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    devDependencies: Record<string, string>;
    dependencies?: Record<string, string>;
  };
  for (const [name, version] of Object.entries({ ...devDependencies, ...dependencies })) {
    expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+$/)]);
  }
  expect(readFileSync('.npmrc', 'utf8')).toContain('ignore-scripts=true');
});
