/** The headless twin: argument parsing and printing only. */
import process from 'node:process';
import { dispatch } from './dispatch';
import { processIo } from './processIo';

process.exitCode = await dispatch(process.argv.slice(2), processIo());
