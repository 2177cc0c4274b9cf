/**
 * The commands of a console transcript: what stands behind the prompts `$ ` and `# `, and behind the continuation
 * prompt `> ` directly below one of these. All other lines are output.
 */
export function consoleCommands(body: string): string {
  const commands: string[] = [];
  let inCommand = false;
  for (const line of body.split('\n')) {
    const prompt = /^[ \t]*[$#](?: (.*)|)$/.exec(line);
    const more: RegExpExecArray | null = inCommand ? /^[ \t]*>(?: (.*)|)$/.exec(line) : null;
    if (prompt) commands.push(prompt[1] ?? '');
    else if (more) commands.push(more[1] ?? '');
    inCommand = prompt !== null || more !== null;
  }
  return commands.join('\n').replace(/^\n+|\n+$/g, '');
}
