/** Rendered HTML as nodes, finished: links know where they lead, tasks have boxes, callouts and code their frames. */
import type * as O from 'obsidian';
import { getLinkpath } from '../base/paths';
import { makeElement } from '../dom/create';
import { setIcon } from '../icons/icons';
import { renderCallouts } from './callouts';

/** `html` comes from our own renderer, which escapes whatever a note holds. */
export function htmlToNodes(html: string): Node[] {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  return [...parsed.body.childNodes].map((node) => document.adoptNode(node));
}

export function finish(root: HTMLElement, app: O.App, sourcePath: string): void {
  renderCallouts(root);
  for (const link of root.findAll('a')) finishLink(link as HTMLAnchorElement, app, sourcePath);
  for (const embed of root.findAll('.internal-embed')) finishEmbed(embed, app, sourcePath);
  for (const item of root.findAll('li')) finishTask(item);
  for (const heading of root.findAll('h1, h2, h3, h4, h5, h6'))
    heading.dataset['heading'] = heading.textContent ?? '';
  for (const pre of root.findAll('pre')) addCopyButton(pre);
}

function finishLink(link: HTMLAnchorElement, app: O.App, sourcePath: string): void {
  const href = link.getAttribute('href') ?? '';
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) {
    link.addClass('external-link');
    link.setAttrs({ target: '_blank', rel: 'noopener nofollow' });
    return;
  }
  const target = link.dataset['href'] ?? decodeURIComponent(href);
  link.addClass('internal-link');
  link.dataset['href'] = target;
  link.setAttribute('aria-label', target);
  const exists = app.metadataCache.getFirstLinkpathDest(getLinkpath(target), sourcePath) !== null;
  link.toggleClass('is-unresolved', !exists);
}

/** Images are shown; of other files the name, as a link, until something better is drawn in its place. */
function finishEmbed(embed: HTMLElement, app: O.App, sourcePath: string): void {
  const target = embed.getAttribute('src') ?? '';
  const file = app.metadataCache.getFirstLinkpathDest(getLinkpath(target), sourcePath);
  if (file !== null && /^(png|jpe?g|gif|webp|svg)$/.test(file.extension)) {
    embed.addClass('image-embed', 'is-loaded');
    makeElement('img', { parent: embed, attr: { src: app.vault.getResourcePath(file), alt: target } });
    return;
  }
  const link = makeElement('a', { cls: 'internal-link', text: target, parent: embed, href: target });
  finishLink(link, app, sourcePath);
}

function finishTask(item: HTMLElement): void {
  const holder = item.firstElementChild instanceof HTMLParagraphElement ? item.firstElementChild : item;
  const text = holder.firstChild;
  const match = text instanceof Text ? /^\[(.)\]\s/.exec(text.data) : null;
  if (!(text instanceof Text) || match === null) return;
  const [whole, mark = ' '] = match;
  text.data = text.data.slice(whole.length);
  const box = makeElement('input', { cls: 'task-list-item-checkbox', type: 'checkbox' });
  box.checked = mark !== ' ';
  box.dataset['task'] = mark;
  holder.prepend(box);
  item.addClass('task-list-item');
  item.toggleClass('is-checked', mark !== ' ');
  item.dataset['task'] = mark;
  item.parentElement?.addClass('contains-task-list');
}

function addCopyButton(pre: HTMLElement): void {
  const button = makeElement('button', { cls: 'copy-code-button', parent: pre, type: 'button' });
  button.setAttribute('aria-label', 'Copy');
  setIcon(button, 'copy');
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(pre.querySelector('code')?.textContent ?? '');
  });
}
