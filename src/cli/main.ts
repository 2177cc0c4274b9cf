/** The headless twin: argument parsing and printing only. */
import process from 'node:process';
import { dispatch } from './dispatch';
import { finish, processIo } from './processIo';

await finish(await dispatch(process.argv.slice(2), processIo()));
