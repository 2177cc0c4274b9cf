import { latin1Bytes, latin1Text } from '../session/bytes';

export function base64(bytes: Uint8Array): string {
  return btoa(latin1Text(bytes));
}

/** Throws when the text is not base64. */
export function fromBase64(text: string): Uint8Array {
  return latin1Bytes(atob(text));
}
