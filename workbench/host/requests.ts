/** `requestUrl`: the page may load nothing from elsewhere, so every request fails with a sentence that says so. */
import type * as O from 'obsidian';

export function requestUrl(request: O.RequestUrlParam | string): O.RequestUrlResponsePromise {
  const url = typeof request === 'string' ? request : request.url;
  const refused: Promise<never> = Promise.reject(
    new Error(`The workbench is offline and did not load ${url}.`),
  );
  refused.catch(() => undefined);
  return Object.assign(refused, {
    arrayBuffer: refused,
    json: refused,
    text: refused,
  });
}

export async function request(what: O.RequestUrlParam | string): Promise<string> {
  return requestUrl(what).text;
}
