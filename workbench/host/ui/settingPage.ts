/** A page of settings that draws itself (obsidian.d.ts "abstract class SettingPage", since 1.13). */
import type * as O from 'obsidian';
import { makeElement } from '../dom/create';

export abstract class SettingPage implements O.SettingPage {
  readonly rootEl = makeElement('div', 'setting-page');
  readonly titlebarEl = this.rootEl.createDiv('setting-page-titlebar');
  readonly containerEl = this.rootEl.createDiv('setting-page-content');
  title = '';

  abstract display(): void;

  hide(): void {
    // For subclasses.
  }
}
