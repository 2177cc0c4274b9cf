import type { Core, ElementDefinition, NodeSingular } from 'cytoscape';

/** Where an element's classes are kept as they were given, to tell them from those put on it since. */
const GIVEN = '_labpathClasses';

/** Makes a picture hold these elements: what is the same stays untouched, pan and zoom among it. */
export function patchElements(cy: Core, elements: readonly ElementDefinition[]): void {
  const wanted = new Set(elements.map(({ data }) => String(data.id)));
  cy.batch(() => {
    cy.elements().forEach((element) => {
      if (!wanted.has(element.id())) element.remove();
    });
    for (const element of elements) {
      const known = cy.getElementById(String(element.data.id));
      if (known.nonempty()) patch(known, element);
      else cy.add(element).scratch(GIVEN, element.classes);
    }
  });
}

function patch(known: NodeSingular, { data, classes, position }: ElementDefinition): void {
  for (const [key, value] of Object.entries(data)) {
    if (!['id', 'source', 'target'].includes(key) && known.data(key) !== value) known.data(key, value);
  }
  if (known.scratch(GIVEN) !== classes) {
    known.classes(classes ?? '');
    known.scratch(GIVEN, classes);
  }
  if (!position) return;
  const { x, y } = known.position();
  if (x !== position.x || y !== position.y) known.position(position);
}
