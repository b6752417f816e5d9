import type { NewMessage } from 'runnel-client';
import { keep, recall } from '../state/kept';

type Messages = Readonly<Record<string, NewMessage>>;

/** Messages that the server has not confirmed, by their own ids: whoever closes the page in between has not lost them. */
export function unsent(account: string) {
  const name = `unsent.${account}`;
  const read = (): Messages => parse(recall(name));
  // Read anew each time: other tabs write here too.
  const save = (all: Messages) => keep(name, Object.keys(all).length > 0 ? JSON.stringify(all) : null);
  return {
    all: read,
    put: (id: string, message: NewMessage) => save({ ...read(), [id]: message }),
    take(id: string) {
      const { [id]: message, ...others } = read();
      if (message) save(others);
    },
  };
}

function parse(text: string | null): Messages {
  try {
    return JSON.parse(text ?? '{}') ?? {};
  } catch {
    return {};
  }
}
