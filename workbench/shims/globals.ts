/** What Node code expects to find without asking: injected into every module of the page's own bundle. */
import { Buffer as BufferPolyfill } from 'buffer/';
import processPolyfill from 'process/browser';

export const Buffer = BufferPolyfill;
export const process = processPolyfill;
