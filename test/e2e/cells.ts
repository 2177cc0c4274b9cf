/** Helpers to find and use cells as a user would. */
import type { Locator, Page } from 'playwright-core';
import type { Harness } from './harness';

/** In the editor only what is near the viewport is drawn: scrolls the note that is edited to a cell. */
export async function scrollTo({ page }: Harness, id: string): Promise<void> {
  await page.evaluate((wanted) => {
    const editor = window.workbench?.app.workspace.activeEditor?.editor;
    if (!editor) return;
    const line = editor
      .getValue()
      .split('\n')
      .findIndex((text) => text.includes(`#${wanted}`));
    const position = { line: Math.max(0, line), ch: 0 };
    editor.setCursor(position);
    editor.scrollIntoView({ from: position, to: position }, true);
  }, id);
}

/** The card of a cell. */
export async function cell(bench: Harness, id: string): Promise<Locator> {
  const { page } = bench;
  await scrollTo(bench, id);
  const card = page.locator(`.labpath-cell[data-cell="${id}"]:visible`).first();
  await card.scrollIntoViewIfNeeded();
  return card;
}

export function runButton(card: Locator): Locator {
  return card.locator('.labpath-run');
}

export function status(card: Locator): Locator {
  return card.locator('.labpath-status');
}

export function output(card: Locator): Locator {
  return card.locator('.labpath-output');
}

/** Presses a button of the dialog in front. */
export async function press(page: Page, name: string): Promise<void> {
  await page.locator('.modal').last().getByRole('button', { name, exact: true }).click();
}

/** Takes an item of a cell's menu. */
export async function menu(page: Page, card: Locator, item: string): Promise<void> {
  await card.getByRole('button', { name: 'More actions' }).click();
  await page.locator('.menu').getByText(item, { exact: true }).click();
}

/** Waits until the text of an element fits. */
export async function settles(element: Locator, expected: RegExp, timeoutMs = 15_000): Promise<string> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const text = (await element.count()) > 0 ? await element.first().innerText() : '';
    if (expected.test(text)) return text;
    if (Date.now() > end) throw new Error(`Expected ${String(expected)}, but it says: ${text}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
