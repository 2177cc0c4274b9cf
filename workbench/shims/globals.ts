/** What Node code expects to find without asking: injected into every module of the page's own bundle. */
import processPolyfill from 'process/browser';

export { Buffer } from './buffer';
export const process = processPolyfill;
