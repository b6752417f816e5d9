const COOKIE = 'runnel_images';

/** The server reads the cookie too, and puts it into the policy of the page: a change needs the page anew. */
export const showsImages = () => document.cookie.split('; ').includes(`${COOKIE}=on`);

export function chooseImages(shown: boolean) {
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not there on plain http.
  document.cookie = `${COOKIE}=${shown ? 'on' : ''}; path=/; samesite=lax; max-age=${shown ? 31_536_000 : 0}`;
  location.reload();
}
