/** `npm run docs`: writes the parts of docs/ that are made from the code. `scripts/docs/written.ts` names them. */
import { readFile, writeFile } from 'node:fs/promises';
import { written } from './written';

for (const { file, render } of written) {
  const text = await render(await readFile(file, 'utf8').catch(() => ''));
  await writeFile(file, text);
  process.stdout.write(`${file}\n`);
}
