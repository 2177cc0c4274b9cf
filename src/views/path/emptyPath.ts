/** What a view says while the vault has no MOC. */
export function explainEmpty(parent: HTMLElement): void {
  parent.empty();
  parent.createEl('h3', { text: 'No map yet' });
  parent.createEl('p', {
    text: 'A learning path grows from a map note. Give a note the property “type: map”, list notes under headings, and put numbered lists under a learning path heading.',
  });
  parent.createEl('p', {
    text: 'Sample notes to begin with are offered by the command that opens the first steps.',
  });
}
