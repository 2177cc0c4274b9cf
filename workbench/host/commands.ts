/** Running commands: from the palette, by hotkey, or by id. */
import type * as O from 'obsidian';
import { commands, type RegisteredCommand } from './registries';

export class CommandManager {
  constructor(private readonly app: O.App) {}

  /** Those that can run now: the palette shows no others (obsidian.d.ts "Command.checkCallback"). */
  available(): RegisteredCommand[] {
    return [...commands.values()].filter((command) => this.canRun(command));
  }

  /** False when there is no such command, or when it cannot run now. */
  executeCommandById(id: string): boolean {
    const command = commands.get(id);
    return command !== undefined && this.run(command);
  }

  /** Called for every key that no scope took. */
  runHotkey(event: KeyboardEvent): boolean {
    const wanted = this.available().find((command) =>
      (command.hotkeys ?? []).some(
        ({ modifiers, key }) => key.toLowerCase() === event.key.toLowerCase() && hasExactly(event, modifiers),
      ),
    );
    return wanted !== undefined && this.run(wanted);
  }

  private canRun(command: RegisteredCommand): boolean {
    const context = this.app.workspace.activeEditor;
    if (command.editorCheckCallback !== undefined) {
      return (
        context?.editor !== undefined && command.editorCheckCallback(true, context.editor, context) === true
      );
    }
    if (command.editorCallback !== undefined) return context?.editor !== undefined && isEditing(context);
    if (command.checkCallback !== undefined) return command.checkCallback(true) === true;
    return command.callback !== undefined;
  }

  private run(command: RegisteredCommand): boolean {
    if (!this.canRun(command)) return false;
    const context = this.app.workspace.activeEditor;
    if (command.editorCheckCallback !== undefined && context?.editor !== undefined) {
      command.editorCheckCallback(false, context.editor, context);
    } else if (command.editorCallback !== undefined && context?.editor !== undefined) {
      command.editorCallback(context.editor, context);
    } else if (command.checkCallback !== undefined) command.checkCallback(false);
    else command.callback?.();
    return true;
  }
}

/** Editor commands are not offered in the Reading view. */
function isEditing(context: O.MarkdownFileInfo): boolean {
  return !('getMode' in context) || (context as unknown as O.MarkdownView).getMode() === 'source';
}

function hasExactly(event: KeyboardEvent, modifiers: readonly O.Modifier[]): boolean {
  const wantsMod = modifiers.includes('Mod');
  const isMac = navigator.userAgent.includes('Macintosh');
  return (
    event.ctrlKey === (modifiers.includes('Ctrl') || (wantsMod && !isMac)) &&
    event.metaKey === (modifiers.includes('Meta') || (wantsMod && isMac)) &&
    event.shiftKey === modifiers.includes('Shift') &&
    event.altKey === modifiers.includes('Alt')
  );
}
