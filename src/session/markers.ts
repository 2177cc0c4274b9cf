import { latin1Bytes, utf8Text } from './bytes';

/** What a shell says of itself when it is ready. */
export interface Hello {
  readonly bashVersion: string;
  readonly pid: number;
  /** Path of the terminal's device; null when it is not one that a script may be given. */
  readonly tty: string | null;
  /** `prompt`: a frame runs by itself; `typed`: a line must be typed after it (bash before 5.1). */
  readonly dispatch: 'prompt' | 'typed';
  readonly user: string;
  readonly host: string;
  readonly netns: string | null;
}

export type Marker =
  | { readonly type: 'loading' }
  | { readonly type: 'ready'; readonly key: string; readonly hello: Hello }
  | { readonly type: 'pong'; readonly key: string; readonly token: string }
  | { readonly type: 'begin'; readonly nonce: string }
  | {
      readonly type: 'end';
      readonly nonce: string;
      readonly exitStatus: number;
      /** Null where the far side cannot measure (bash before 5). */
      readonly durationMs: number | null;
      /** The cell ended its shell; a `ready` of its successor follows. */
      readonly exited: boolean;
      readonly cwd: string;
    };

/** Reads a marker's body (docs/protocol.md). Null: it has not the shape of one. */
export function parseMarker(body: string): Marker | null {
  const [type, ...fields] = body.split(';');
  const field = (index: number): string => fields[index] ?? '';
  switch (type) {
    case 'L':
      return fields.length === 0 ? { type: 'loading' } : null;
    case 'S':
      return fields.length === 8 && /^\d+$/.test(field(2))
        ? { type: 'ready', key: field(0), hello: parseHello(fields) }
        : null;
    case 'P':
      return fields.length === 2 ? { type: 'pong', key: field(0), token: field(1) } : null;
    case 'B':
      return fields.length === 1 ? { type: 'begin', nonce: field(0) } : null;
    case 'E':
      if (fields.length !== 5 || !/^\d{1,3}$/.test(field(1))) return null;
      return {
        type: 'end',
        nonce: field(0),
        exitStatus: Number(field(1)),
        durationMs: parseDuration(field(2)),
        exited: field(3) === 'exit',
        cwd: percentDecoded(field(4)),
      };
    default:
      return null;
  }
}

function parseHello(fields: readonly string[]): Hello {
  const [, bashVersion = '', pid = '', tty = '', mode = '', user = '', host = '', netns = ''] = fields;
  return {
    bashVersion,
    pid: Number(pid),
    tty: /^\/dev\/(pts\/\d+|tty[A-Za-z0-9]*)$/.test(tty) ? tty : null,
    dispatch: mode === 'T' ? 'typed' : 'prompt',
    user: percentDecoded(user),
    host: percentDecoded(host),
    netns: netns === '' ? null : percentDecoded(netns),
  };
}

/** `begin,end` in microseconds since 1970. */
function parseDuration(field: string): number | null {
  const [, begin, end] = /^(\d+),(\d+)$/.exec(field) ?? [];
  if (begin === undefined || end === undefined) return null;
  const microseconds = Number(end) - Number(begin);
  return microseconds >= 0 ? microseconds / 1000 : null;
}

function percentDecoded(text: string): string {
  const bytes = text.replace(/%([0-9a-f]{2})/g, (_whole, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return utf8Text(latin1Bytes(bytes));
}
