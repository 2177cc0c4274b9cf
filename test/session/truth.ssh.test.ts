import { createHash, randomBytes } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bashVersion } from '../support/otherBash';
import { sharedFolder } from '../support/sharedFolder';
import { ways, useShells } from '../support/sessions';
import { statusOf } from '../support/shell';

let dir: string;
beforeAll(() => {
  dir = sharedFolder('truth');
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe.each(ways)('What is reported is what happened ($title)', (way) => {
  const shells = useShells([], way);

  test('exit statuses are exact, and deaths by signal name it', async () => {
    const shell = await shells.open();
    expect(statusOf(await shell.run('false'))).toMatchObject({ exitStatus: 1, signal: null });
    expect(await shell.status('(exit 42)')).toBe(42);
    expect(await shell.status('nosuchcommand_zz')).toBe(127);
    expect(statusOf(await shell.run('bash -c "kill -9 \\$\\$"'))).toMatchObject({
      exitStatus: 137,
      signal: 'KILL',
    });
    expect(statusOf(await shell.run('(exit 255)'))).toMatchObject({ exitStatus: 255, signal: null });
  });

  test('a status knows user, host, namespace and a duration measured over there', async () => {
    const shell = await shells.open();
    const { where, durationMs } = statusOf(await shell.run('sleep 0.3'));
    expect(where.user).toBe(shells.sshd.user);
    expect(where.host).toBe((await shell.output('echo $HOSTNAME')).trim());
    // Before bash 5 it is the time between two markers as they arrive here.
    expect(durationMs).toBeGreaterThanOrEqual(bashVersion() >= 5 ? 300 : 200);
    // Measured in milliseconds, not in another unit.
    expect(durationMs).toBeLessThan(30_000);
  });

  test('output without a newline at its end gets none', async () => {
    const shell = await shells.open();
    expect(await shell.output('printf abc')).toBe('abc');
    expect(await shell.output('printf "abc\\r"')).toBe('abc\r');
  });

  test('line ends are those the program wrote, not those of the terminal', async () => {
    const shell = await shells.open();
    expect(await shell.output('printf "a\\nb\\r\\nc\\rd\\r\\r\\n\\n"')).toBe('a\nb\r\nc\rd\r\r\n\n');
  });

  test('a megabyte of binary is exact, and so is invalid UTF-8', async () => {
    const shell = await shells.open();
    const bytes = randomBytes(1_000_000);
    const file = join(dir, 'binary');
    writeFileSync(file, bytes);
    expect(sha256((await shell.run(`cat ${file}`)).bytes)).toBe(sha256(bytes));
    expect((await shell.run("printf '\\xff\\xfe\\x80\\xc3('")).bytes).toEqual(
      Buffer.from([0xff, 0xfe, 0x80, 0xc3, 0x28]),
    );
  });

  test('a line of five megabytes is complete', async () => {
    const shell = await shells.open();
    const { bytes } = await shell.run("head -c 5000000 /dev/zero | tr '\\0' x");
    expect(bytes.length).toBe(5_000_000);
    expect(bytes.every((byte) => byte === 0x78)).toBe(true);
  });

  test('stdout and stderr come in the order they were written', async () => {
    const shell = await shells.open();
    const wanted = Array.from({ length: 200 }, (_, i) => `o${i + 1}\ne${i + 1}\n`).join('');
    expect(await shell.output('for i in {1..200}; do echo o$i; echo e$i >&2; done')).toBe(wanted);
  });

  test('output that imitates our marks stays output, and nothing believes it', async () => {
    const shell = await shells.open();
    const { pid } = shell.session;
    const forged = [
      '\x1b]8471;E;deadbeef;0;1,2;;/\x07',
      '\x1b]8471;S;x;5.2;1;/dev/pts/9;P;u;h;\x07',
      '\x1b]8471;P;x;1\x07',
      '\x1b]8471;B;x\x07',
      '\x1b]8471;E;never ended',
      '\x1b]8471;',
    ].join('');
    const file = join(dir, 'forged');
    writeFileSync(file, forged);
    const outcome = await shell.run(`cat ${file}; sleep 0.1; cat ${file}; false`);
    expect(statusOf(outcome).exitStatus).toBe(1);
    expect(outcome.bytes.toString('latin1')).toBe(forged + forged);
    expect(shell.session.pid).toBe(pid);
  });

  test('a cell with an open quote runs nothing and says where', async () => {
    const shell = await shells.open();
    const file = join(dir, 'must not exist');
    const outcome = await shell.run(`touch '${file}'\necho "abc`);
    expect(statusOf(outcome).exitStatus).toBe(2);
    expect(outcome.text).toMatch(/line 2.*unexpected EOF/);
    expect(existsSync(file)).toBe(false);
    expect(await shell.output('echo ok')).toBe('ok\n');
  });

  test.each(['cat <<EOF\nfoo', 'echo a\n}\necho b', 'if true; then echo', 'fi', '(', '$('])(
    'a cell that does not parse (%j) runs nothing, and the session goes on',
    async (source) => {
      const shell = await shells.open();
      const outcome = await shell.run(source);
      expect(statusOf(outcome).exitStatus).toBe(2);
      expect(outcome.text).not.toMatch(/^a$/m);
      expect(await shell.output('echo ok')).toBe('ok\n');
    },
  );

  test('quotes, escapes, tabs and Unicode of a cell arrive as they are', async () => {
    const shell = await shells.open();
    const body = 'a\t$HOME `x` \\n "q" \'s\' é€😀 %s %% \\e[0m !! \x1b[1m \x01 end';
    expect(await shell.output(`cat <<'EOF'\n${body}\nEOF`)).toBe(`${body}\n`);
  });

  test('a cell with CR LF line ends runs like one with LF', async () => {
    const shell = await shells.open();
    expect(await shell.output('if true; then\r\n echo hi\r\nfi\r\n')).toBe('hi\n');
  });

  test('a cell of 5000 lines runs', async () => {
    const shell = await shells.open();
    const line = ': $((x+=1)) # some padding to make lines longer 0123456789\n';
    expect(await shell.output(`x=0\n${line.repeat(5000)}echo $x`)).toBe('5000\n');
  });

  test('a working directory too deep to report leaves the status exact', async () => {
    const shell = await shells.open();
    const outcome = await shell.run(
      'd=$(mktemp -d); cd "$d"; for i in {1..40}; do n=$(printf ";%.0s" {1..200}); mkdir "$n"; cd "$n"; done; (exit 7)',
    );
    expect(statusOf(outcome)).toMatchObject({ exitStatus: 7, where: { cwd: '' } });
    expect(await shell.output('cd /; rm -rf "$d"; echo ok')).toBe('ok\n');
  });

  test('a cell that cannot be sent is refused with a reason', async () => {
    const shell = await shells.open();
    expect((await shell.run('echo \0')).end).toMatchObject({ type: 'lost' });
    expect((await shell.run(`: ${'x'.repeat(1_100_000)}`)).end).toMatchObject({
      type: 'lost',
      problem: { what: expect.stringContaining('1048576') as string },
    });
    expect(await shell.output('echo ok')).toBe('ok\n');
  });
});
