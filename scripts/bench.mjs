// `npm run bench -- NAME`: runs bench/NAME.ts; without a name, says which there are.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fail, root } from './setup.mjs';
import { runTypeScript } from './typescript.mjs';

const names = readdirSync(path.join(root, 'bench'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .map((file) => file.slice(0, -'.ts'.length));
const name = process.argv[2];
if (!names.includes(name)) fail(`Which one? npm run bench -- ${names.join(' | ')}`);
process.exitCode = await runTypeScript(`bench/${name}.ts`, process.argv.slice(3));
