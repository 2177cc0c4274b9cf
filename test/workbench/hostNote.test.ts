import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { useFixtureBench } from './fixtureBench';

const bench = useFixtureBench();

describe('the editor', () => {
  beforeEach(async () => {
    await bench().openNote('Index.md', 'live');
  });

  test('shows block widgets of the plugin in Live Preview, with the file they belong to', async () => {
    await bench().openNote('Namespaces.md', 'live');
    await expect
      .poll(() => bench().page.locator('.fixture-fence').allInnerTexts())
      .toEqual(['cell 1 of Namespaces.md']);
    await bench().setMode('source');
    expect(await bench().page.locator('.fixture-fence').count()).toBe(0);
  });

  test('saves what is typed, and shows what others write, without losing either', async () => {
    await writeFile(bench().onDisk('Typed.md'), 'first line\n\nlast line\n');
    await expect.poll(() => bench().known('Typed.md')).toBe('Typed.md');
    await bench().openNote('Typed.md', 'live');
    await bench().page.locator('.cm-content').click();
    await bench().page.keyboard.press('Control+Home');
    await bench().page.keyboard.type('typed ');
    await appendFile(bench().onDisk('Typed.md'), 'from outside\n');
    await expect.poll(() => bench().page.locator('.cm-content').innerText()).toContain('from outside');
    await expect
      .poll(() => readFile(bench().onDisk('Typed.md'), 'utf8'), { timeout: 5000 })
      .toBe('typed first line\n\nlast line\nfrom outside\n');
  });

  test('speaks of lines and columns from 0', async () => {
    const seen = await bench().page.evaluate(() => {
      const context = window.workbench?.app.workspace.activeEditor;
      const editor = context?.editor;
      editor?.setCursor({ line: 1, ch: 4 });
      return {
        file: context?.file?.path,
        line: editor?.getLine(1),
        cursor: editor?.getCursor(),
        offset: editor?.posToOffset({ line: 1, ch: 4 }),
        back: editor?.offsetToPos(8),
      };
    });
    expect(seen).toEqual({
      file: 'Index.md',
      line: 'type: map',
      cursor: { line: 1, ch: 4 },
      offset: 8,
      back: { line: 1, ch: 4 },
    });
  });

  test('follows a rendered link on click', async () => {
    await bench().page.locator('.cm-hmd-internal-link', { hasText: 'the guide to bridges' }).click();
    await expect
      .poll(() => bench().page.locator('.workspace-tab-header.is-active').allInnerTexts())
      .toContain('Bridges');
  });
});

describe('the Reading view', () => {
  test('hands each section to post-processors with its lines', async () => {
    await bench().openNote('Index.md', 'reading');
    const lines = (await readFile(bench().onDisk('Index.md'), 'utf8')).split('\n');
    const start = lines.indexOf('```bash {#hello}');
    const end = lines.indexOf('```');
    const cells = bench().page.locator('.markdown-reading-view .fixture-cell');
    expect(await cells.allInnerTexts()).toEqual([`lines ${start}-${end}`]);
  });

  test('keeps sections that did not change and unloads what was in those that did', async () => {
    await bench().openNote('Index.md', 'reading');
    await bench().logged();
    const kept = await bench().page.locator('.markdown-reading-view .fixture-cell').elementHandle();
    await appendFile(bench().onDisk('Index.md'), '\nOne more paragraph.\n');
    await expect.poll(() => bench().page.locator('.markdown-reading-view').innerText()).toContain('One more');
    expect(await kept?.evaluate((element) => element.isConnected)).toBe(true);
    expect(await bench().logged()).not.toContain('render child unloaded');
    const text = await readFile(bench().onDisk('Index.md'), 'utf8');
    await writeFile(bench().onDisk('Index.md'), text.replace('# a cell', '# another cell'));
    await expect
      .poll(() => bench().page.locator('.markdown-reading-view').innerText())
      .toContain('another cell');
    expect(await bench().logged()).toContain('render child unloaded');
  });

  test('marks links to notes that do not exist', async () => {
    await bench().openNote('Index.md', 'reading');
    expect(await bench().page.locator('.markdown-reading-view a.is-unresolved').allInnerTexts()).toEqual([
      'Not written yet',
    ]);
  });

  test('leaves fences as pre and code with the language as class, and never runs HTML of a note', async () => {
    await writeFile(
      bench().onDisk('Html.md'),
      '<img src=x onerror="document.title=1">\n\n```sh {a=1}\nls\n```\n',
    );
    await expect.poll(() => bench().known('Html.md')).toBe('Html.md');
    await bench().openNote('Html.md', 'reading');
    expect(await bench().page.locator('.markdown-reading-view pre > code.language-sh').innerText()).toBe(
      'ls\n',
    );
    expect(await bench().page.locator('.markdown-reading-view img').count()).toBe(0);
  });

  test('prints without section info', async () => {
    const printed = await bench().page.evaluate(async () => {
      const element = await window.workbench?.renderForPrint('Index.md');
      const text = element?.querySelector('.fixture-cell')?.textContent;
      element?.remove();
      return text;
    });
    expect(printed).toBe('lines none');
  });
});
