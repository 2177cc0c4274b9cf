import { Plugin } from 'obsidian';

/** The plugin: wires parts, decides nothing. */
export default class LabpathPlugin extends Plugin {}
