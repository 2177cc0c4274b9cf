/** Something that lives inside rendered Markdown (obsidian.d.ts "class MarkdownRenderChild"). */
import type * as O from 'obsidian';
import { Component } from '../base/component';

export class MarkdownRenderChild extends Component implements O.MarkdownRenderChild {
  constructor(public containerEl: HTMLElement) {
    super();
  }
}
