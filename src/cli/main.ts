/** The headless twin: argument parsing and printing only. */
process.stdout.write('labpath\n');
