import { expect, it } from 'vitest';
import { problem, ProblemError } from '../../src/base/problem';
import { dispatch } from '../../src/cli/dispatch';
import { UsageError } from '../../src/cli/usage';
import { FakeIo } from './fakeIo';

const command = (name: string, run: () => Promise<number>) => ({
  name,
  summary: `The ${name}`,
  help: `Help of ${name}\n`,
  run,
});
const call = async (args: string[], run: () => Promise<number> = () => Promise.resolve(7)) => {
  const io = new FakeIo();
  const status = await dispatch(args, io, [command('path', run), command('cells', run)]);
  return { status, stdout: io.stdout, stderr: io.stderr };
};

it('gives the exit status of the command', async () => {
  expect(await call(['path'])).toMatchObject({ status: 7, stdout: '' });
});

it('lists the commands for --help, and for no command at all, which is an error', async () => {
  expect(await call(['--help'])).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('The path') as string,
  });
  expect(await call([])).toMatchObject({ status: 2, stderr: expect.stringContaining('The cells') as string });
});

it('shows the help of a command, wherever among its words --help stands', async () => {
  const help = { status: 0, stdout: 'Help of path\n' };
  expect(await call(['path', '--help'])).toMatchObject(help);
  expect(await call(['path', 'vault', '--moc', 'x', '-h'])).toMatchObject(help);
  expect(await call(['help', 'cells'])).toMatchObject({ status: 0, stdout: 'Help of cells\n' });
});

it('leaves a --help to what it is passed on to', async () => {
  expect(await call(['path', 'vault', '--', '--help'])).toMatchObject({ status: 7 });
  const io = new FakeIo();
  const passing = { ...command('path', () => Promise.resolve(7)), ownArguments: () => 2 };
  expect(await dispatch(['path', 'ssh', 'ls', '--help'], io, [passing])).toBe(7);
  expect(await dispatch(['path', 'ssh', '--help'], io, [passing])).toBe(0);
});

it('names the nearest command for an unknown one', async () => {
  expect(await call(['cels'])).toEqual({
    status: 2,
    stdout: '',
    stderr: 'labpath: There is no command "cels". Did you mean "labpath cells"?\n',
  });
});

it('prints a problem in one line; a wrong command line has exit status 2', async () => {
  const failing = (error: Error) => () => Promise.reject(error);
  expect(
    await call(['path'], failing(new ProblemError(problem('It broke.', 'A reason.', 'Mend it.')))),
  ).toMatchObject({
    status: 1,
    stderr: 'labpath path: It broke. A reason. Mend it.\n',
  });
  expect(await call(['path'], failing(new UsageError('What?', '', 'path')))).toMatchObject({ status: 2 });
});

it('prints the version', async () => {
  expect((await call(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
