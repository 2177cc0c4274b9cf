/** How pages are served: types, what they may load, and the wrapper in which the plugin runs. */

export const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
};

/**
 * Nothing is loaded from elsewhere, and no code is built from text. `wasm-unsafe-eval` is for ssh2's poly1305;
 * inline styles are how CodeMirror and Cytoscape place things.
 */
export function contentSecurityPolicy(authority: string): string {
  return [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    // data: is the WebAssembly of ssh2’s poly1305. Not every browser counts the WebSocket of the same address as 'self'.
    `connect-src 'self' data: ws://${authority}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * Answer to the first load, which brings the token. A page of ours must make the next request itself: a redirect
 * counts as coming from whatever page the link was on, and a SameSite=Strict cookie would not be sent.
 */
export const admittedPage =
  '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=/"><link rel="icon" href="data:,"><title>Labpath workbench</title>';

/**
 * main.js unchanged, as the body of a function: Obsidian too evaluates a plugin as a CommonJS module with
 * `require`, `module` and `exports` handed in. The first line of main.js stays on line 1, so stack traces are right.
 */
export function wrapPlugin(mainJs: string): string {
  return `window.workbenchPlugin(function (require, module, exports, __dirname) {${mainJs}\n});\n`;
}
