// `npm run docs`: writes what docs/ says of the code from the code.
import { runTypeScript } from './typescript.mjs';

process.exitCode = await runTypeScript('scripts/docs/main.ts');
