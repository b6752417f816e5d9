/** Gives the focus to the first of these that is there, once the page is drawn: what had it has just gone. */
export function focusOn(...ids: string[]) {
  requestAnimationFrame(() => {
    const found = ids.map(id => document.getElementById(id)).find(one => one !== null);
    found?.focus();
  });
}
