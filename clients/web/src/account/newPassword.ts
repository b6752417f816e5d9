const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Sixteen letters that nobody mistakes for each other: some 92 bits. */
export function newPassword(): string {
  const made: string[] = [];
  while (made.length < 16) {
    for (const byte of crypto.getRandomValues(new Uint8Array(32))) {
      // Those beyond the last whole round would make the first letters likelier.
      if (byte < letters.length * 4 && made.length < 16) made.push(letters.charAt(byte % letters.length));
    }
  }
  return made.join('').replace(/(.{4})(?=.)/g, '$1-');
}
