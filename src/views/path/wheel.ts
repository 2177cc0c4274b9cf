import type { Core } from 'cytoscape';

export const MIN_ZOOM = 0.1;
export const MAX_ZOOM = 2.5;
/** Zoom per pixel of a wheel or pinch. */
const PINCH = 0.004;

/** The wheel scrolls, as on Obsidian's own canvas; with Ctrl, and by pinching, it zooms. Gives the way to end it. */
export function scrollByWheel(cy: Core, container: HTMLElement): () => void {
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    if (!event.ctrlKey && !event.metaKey) {
      const [x, y] = event.shiftKey ? [event.deltaY, event.deltaX] : [event.deltaX, event.deltaY];
      cy.panBy({ x: -x, y: -y });
      return;
    }
    const box = container.getBoundingClientRect();
    cy.zoom({
      level: Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, cy.zoom() * Math.exp(-event.deltaY * PINCH))),
      renderedPosition: { x: event.clientX - box.left, y: event.clientY - box.top },
    });
  };
  container.addEventListener('wheel', onWheel, { passive: false });
  return () => container.removeEventListener('wheel', onWheel);
}
