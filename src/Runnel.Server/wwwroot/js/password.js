const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'; // without the ones that look alike
const everyKind = [/[a-z]/, /[A-Z]/, /[0-9]/];

// Four groups of five, more than 110 bits. Bytes that would favour some letters are thrown away.
export function newPassword() {
  const limit = 256 - (256 % letters.length);
  const bytes = [...crypto.getRandomValues(new Uint8Array(64))].filter(byte => byte < limit).slice(0, 20);
  const text = bytes.map(byte => letters[byte % letters.length]).join('');
  if (bytes.length < 20 || !everyKind.every(kind => kind.test(text))) return newPassword();
  return text.match(/.{5}/g).join('-');
}
