/** What the browser keeps for this page. Where it keeps nothing (private windows, storage full) memory does, until the page goes. */
const memory = new Map<string, string>();
let refused = false;

export function recall(name: string): string | null {
  try {
    return memory.get(name) ?? localStorage.getItem(name);
  } catch {
    return memory.get(name) ?? null;
  }
}

export function keep(name: string, value: string | null) {
  memory.delete(name);
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    refused = true;
    if (value !== null) memory.set(name, value);
  }
}

/** Whether something could not be kept. */
export const keepsNothing = () => refused;
