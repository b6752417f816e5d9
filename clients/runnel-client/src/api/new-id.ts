/** A random name of 32 characters. `randomUUID` is only there on pages that came over TLS. */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
