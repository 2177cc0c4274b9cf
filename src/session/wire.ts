import type { ChannelEnd, ShellChannel } from './channel';
import { parseMarker, type Marker } from './markers';
import { MarkerScanner } from './scanner';

export interface WireReceiver {
  data(bytes: Uint8Array): void;
  /** False: the marker is not to be believed, and becomes data. */
  marker(marker: Marker): boolean;
  closed(end: ChannelEnd): void;
}

/** A channel seen as data and markers. Who receives them changes once, from the greeting to the session. */
export class Wire {
  constructor(
    readonly channel: ShellChannel,
    public receiver: WireReceiver,
  ) {
    const scanner = new MarkerScanner({
      data: (bytes) => this.receiver.data(bytes),
      marker: (body) => {
        const marker = parseMarker(body);
        return marker !== null && this.receiver.marker(marker);
      },
    });
    channel.listen({
      onData: (bytes) => scanner.push(bytes),
      onClose: (end) => {
        scanner.end();
        this.receiver.closed(end);
      },
    });
  }
}
