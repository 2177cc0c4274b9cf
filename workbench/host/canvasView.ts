/** A canvas, to look at: its cards of text and of notes, where the file places them (jsoncanvas.org, version 1.0). */
import type * as O from 'obsidian';
import { Component } from './base/component';
import { drawMarkdown, NoteEmbed } from './render/markdown';
import { FileView } from './workspace/fileView';

interface CanvasNode {
  readonly id: string;
  readonly type: string;
  /** In CSS pixels. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly text?: string;
  readonly file?: string;
  readonly subpath?: string;
}

export class CanvasView extends FileView {
  override icon = 'layout-dashboard';
  private life: Component | null = null;

  getViewType(): string {
    return 'canvas';
  }

  override async onLoadFile(file: O.TFile): Promise<void> {
    this.contentEl.addClass('canvas-wrapper');
    const canvas = this.contentEl.createDiv('canvas');
    const { nodes = [] } = JSON.parse(await this.app.vault.read(file)) as { nodes?: CanvasNode[] };
    this.life = this.addChild(new Component());
    const left = Math.min(0, ...nodes.map(({ x }) => x));
    const top = Math.min(0, ...nodes.map(({ y }) => y));
    for (const node of nodes) {
      const card = canvas.createDiv({ cls: 'canvas-node', attr: { 'data-node': node.id } });
      card.setCssStyles({
        left: `${node.x - left}px`,
        top: `${node.y - top}px`,
        width: `${node.width}px`,
        height: `${node.height}px`,
      });
      await this.fill(card.createDiv('canvas-node-container').createDiv('canvas-node-content'), node, file);
    }
  }

  override async onUnloadFile(): Promise<void> {
    if (this.life !== null) this.removeChild(this.life);
    this.contentEl.empty();
  }

  private async fill(content: HTMLElement, node: CanvasNode, canvas: O.TFile): Promise<void> {
    const { app, life } = this;
    if (life === null) return;
    const file = node.file === undefined ? null : app.vault.getFileByPath(node.file);
    if (file !== null) {
      const embed = life.addChild(new NoteEmbed(app, content, file, { subpath: node.subpath ?? '' }));
      await embed.drawn;
      return;
    }
    const element = content.createDiv('markdown-preview-view markdown-rendered');
    await drawMarkdown(node.text ?? '', {
      app,
      element,
      sourcePath: canvas.path,
      life,
      hasSections: true,
    });
  }
}
