/** The headless twin: argument parsing and printing only. */
console.log('labpath');
