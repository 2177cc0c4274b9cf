/** The same cells in Emacs: org-babel's ob-shell with `:session`, over TRAMP. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestSshd } from '../../test/support/sshd';
import { sshArguments } from './ssh';

const run = promisify(execFile);

/** Milliseconds of each cell, the first with connecting. Rejects where there is no Emacs. */
export async function orgBabelTimes(sshd: TestSshd, cells: readonly string[]): Promise<number[]> {
  const options = sshArguments(sshd).filter(
    (_word, index, all) => !['-p', '-l'].includes(all[index - 1] ?? ''),
  );
  const words = options.filter((word) => word !== '-p' && word !== '-l').join(' ');
  const note = join(sshd.dir, 'cells.org');
  const blocks = cells.map(
    (cell) =>
      `#+begin_src bash :session bench :results output :dir /ssh:${sshd.user}@127.0.0.1#${sshd.port}:/tmp\n${cell}\n#+end_src\n`,
  );
  await writeFile(note, blocks.join('\n'));
  const script = join(sshd.dir, 'bench.el');
  await writeFile(
    script,
    `(require 'org) (require 'ob-shell) (require 'tramp)
(setq tramp-ssh-controlmaster-options "${words}" tramp-use-ssh-controlmaster-options t tramp-verbose 0)
(setq org-confirm-babel-evaluate nil explicit-shell-file-name "/bin/bash" auto-save-default nil make-backup-files nil)
(find-file "${note}")
(org-babel-map-src-blocks nil
  (let ((begun (float-time)))
    (org-babel-execute-src-block)
    (princ (format "cell %f\\n" (* 1000 (- (float-time) begun))))))
(princ (buffer-string))
(set-buffer-modified-p nil)
(let ((confirm-kill-processes nil)) (kill-emacs 0))
`,
  );
  const { stdout } = await run('emacs', ['-Q', '--batch', '--load', script], { timeout: 120_000 });
  const results = stdout.split('#+RESULTS:').length - 1;
  if (results !== cells.length)
    throw new Error(`${results} of ${cells.length} cells have a result: ${stdout.slice(-500)}`);
  return [...stdout.matchAll(/^cell ([\d.]+)$/gm)].map(([, time]) => Number(time));
}
